/** Returns a test for names against a pattern in which `*` is any run of characters and `?` is one. */
export function createNameMatcher(pattern: string): (name: string) => boolean {
  const source = pattern
    .replaceAll(/\*+/g, '*')
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 'su');
  return (name) => expression.test(name);
}
