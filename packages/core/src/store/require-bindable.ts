/**
 * Refuses what the driver takes no exception for: a boolean ends the whole process. Types forbid it, and
 * whoever calls in plain JavaScript has none.
 */
export function requireBindable(parameters: readonly unknown[]): void {
  for (const parameter of parameters) {
    if (typeof parameter === 'boolean') throw new TypeError('A parameter of SQL is no boolean.');
  }
}
