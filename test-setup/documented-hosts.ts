/**
 * Returns the hosts that `docs/security/hosts-contacted.md` lists: what its tables quote in the
 * column of hosts. A cell that says "none" lists none.
 * @throws Error where the page has no such table, so that a page that moved does not allow anything
 */
export function documentedHosts(page: string): Set<string> {
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const column = rows[0]?.indexOf('hosts') ?? -1;
  if (column === -1) throw new Error('The page of hosts has no column "hosts".');
  const hosts = rows.slice(2).flatMap((cells) => {
    const cell = cells[column] ?? '';
    return /^none\b/i.test(cell) ? [] : [...cell.matchAll(/`([^`]+)`/g)].map(([, host]) => host);
  });
  return new Set(hosts.filter((host) => host !== undefined));
}
