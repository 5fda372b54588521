/** Options of drivers may hold what a log or a file server asks for; their names say so. */
export const isTelling = (name: string, value: string): boolean => TELLING_NAME.test(name) || TELLING_VALUE.test(value)

const TELLING_NAME = /pass|token|secret|credential|key$/i
/** As in the options of a CIFS mount: `username=ops,password=…`. */
const TELLING_VALUE = /\b(?:password|passwd|pass|credentials)=/i
