/** Gathers an option that may be given more than once. */
export function collected(value: string, before: string[] = []): string[] {
  return [...before, value];
}
