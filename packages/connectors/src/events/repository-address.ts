const longest = 300;
// Written out rather than left to a parser, which would mend what is to be refused.
const host = String.raw`(\[[0-9a-f:]+\]|[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)`;
const port = String.raw`(?::[0-9]{1,5})?`;
const path = String.raw`([a-z0-9._~+%-]+(?:/[a-z0-9._~+%-]+)*)/?`;
const forms = [
  new RegExp(`^https://${host}${port}/${path}$`, 'i'),
  new RegExp(`^ssh://(?:git@)?${host}${port}/${path}$`, 'i'),
  new RegExp(`^git@${host}:${path}$`, 'i'),
];
/** A host's web and shell entrances have names of their own. */
const entrance = /^(?:www|ssh|altssh)\.(?=[^.]+\.)/;

/** A repository by its place, the same however its address is written. */
export interface RepositoryPlace {
  host: string;
  /** Owner and name, in lower case. */
  path: string;
}

/**
 * Returns where a repository lies; null for what is no plain address of one: with a user of its own or
 * a password, a query, a fragment or no path, or neither by https nor by ssh.
 */
export function readRepositoryAddress(address: string): RepositoryPlace | null {
  if (address.length > longest) return null;
  for (const form of forms) {
    const [, foundHost, foundPath] = form.exec(address) ?? [];
    if (foundHost === undefined || foundPath === undefined) continue;
    const plainPath = foundPath.toLowerCase().replace(/\.git$/, '');
    const isPlace = plainPath.split('/').every((part) => part !== '' && !/^\.+$/.test(part));
    return isPlace
      ? { host: foundHost.toLowerCase().replace(entrance, ''), path: plainPath }
      : null;
  }
  return null;
}
