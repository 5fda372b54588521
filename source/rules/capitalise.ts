/** The first letter large and the rest small, as the docker CLI writes each state. */
export const capitalise = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase()
