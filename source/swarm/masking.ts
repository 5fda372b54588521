/** What stands in place of a value that is not shown unasked. */
export const MASK = '•••'

/** Labels and options of drivers may hold what a log or a file server asks for; their names say so. */
export const isTellingName = (name: string): boolean => /pass|secret|token|key|credential/i.test(name)

/** Without the passwords in it: `username=me,password=x` of a CIFS volume, `https://me:x@logs.example.com`. */
export const maskPasswords = (text: string): string =>
  text.replace(SECRET_SETTING, `$1${MASK}`).replace(PASSWORD_IN_URL, `$1${MASK}@`)

const SECRET_SETTING = /((?:^|[,;&?\s])[^=,;&?\s]*(?:pass|secret|token|key|credential)[^=,;&?\s]*=)[^,;&\s]+/gi
const PASSWORD_IN_URL = /(:\/\/[^/@:\s]*:)[^/@\s]+@/g

/** The value of a label or an option as it may be shown. */
export function maskSetting(name: string, value: string): string {
  if (value === '') return ''
  return isTellingName(name) ? MASK : maskPasswords(value)
}

/** Whether something of a setting is for nobody to read unasked. */
export const isTelling = (name: string, value: string): boolean => maskSetting(name, value) !== value
