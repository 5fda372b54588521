/** `registry:5000/team/api` of `registry:5000/team/api:1.9@sha256:…`. */
export const repositoryOf = (image: string): string => image.replace(/@.*$/, '').replace(/:[^:/]*$/, '')
