/** How many simulated seconds a real one may have. A pause is no speed: time that goes on goes on as fast as before. */
export const LEAST_SPEED = 0.01
export const MOST_SPEED = 1000

export const isSpeed = (speed: number): boolean => speed >= LEAST_SPEED && speed <= MOST_SPEED
