/**
 * True for an environment named after production. Where a workspace has one, only such environments
 * count as deployed to; where it has none, all do.
 */
export function isProductionEnvironment(name: string): boolean {
  return /^(?:prod|production|live)(?:$|[^a-z])/i.test(name.trim());
}
