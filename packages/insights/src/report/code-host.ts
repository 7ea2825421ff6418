interface CodeHost {
  name: string;
  pullRequest: (number: string) => string;
  commit: (sha: string) => string;
  release: (tag: string) => string;
}

/** Hosts whose page addresses are known. Nothing else ever becomes a link. */
const codeHosts: Record<string, CodeHost> = {
  'github.com': {
    name: 'GitHub',
    pullRequest: (number) => `pull/${number}`,
    commit: (sha) => `commit/${sha}`,
    release: (tag) => `releases/tag/${tag}`,
  },
  'gitlab.com': {
    name: 'GitLab',
    pullRequest: (number) => `-/merge_requests/${number}`,
    commit: (sha) => `-/commit/${sha}`,
    release: (tag) => `-/tags/${tag}`,
  },
  'bitbucket.org': {
    name: 'Bitbucket',
    pullRequest: (number) => `pull-requests/${number}`,
    commit: (sha) => `commits/${sha}`,
    release: (tag) => `commits/tag/${tag}`,
  },
  'codeberg.org': {
    name: 'Codeberg',
    pullRequest: (number) => `pulls/${number}`,
    commit: (sha) => `commit/${sha}`,
    release: (tag) => `releases/tag/${tag}`,
  },
};

const scpAddress = /^(?:ssh:\/\/)?git@([a-z0-9.-]+)[:/]([\w./-]+)$/i;
const repositoryPath = /^\/[\w.-]+(?:\/[\w.-]+)+$/;

function hostOf(name: string): CodeHost | null {
  return Object.hasOwn(codeHosts, name) ? (codeHosts[name] ?? null) : null;
}

/**
 * Returns the https page of a repository at a known code host, from a page or a remote address;
 * null for every other address, and for one that carries credentials or a port.
 */
export function repositoryPage(address: string | null): string | null {
  if (address === null || address.length > 500) return null;
  const scp = scpAddress.exec(address);
  const url = URL.parse(scp === null ? address : `https://${scp[1]}/${scp[2]}`);
  if (url === null || url.protocol !== 'https:' || hostOf(url.host) === null) return null;
  if (url.username !== '' || url.password !== '') return null;
  const path = url.pathname.replace(/\/+$/, '').replace(/\.git$/, '');
  if (!repositoryPath.test(path) || path.split('/').includes('..')) return null;
  return `https://${url.host}${path}`;
}

/** Returns the name of the code host behind a repository page; null for an unknown one. */
export function codeHostName(page: string | null): string | null {
  const url = page === null ? null : URL.parse(page);
  return url === null ? null : (hostOf(url.host)?.name ?? null);
}

/** Returns the page of a pull request (`#12`, `!12`), commit or release of a repository; null where unclear. */
export function workPage(page: string | null, key: string, releaseName = false): string | null {
  const url = page === null ? null : URL.parse(page);
  const host = url === null ? null : hostOf(url.host);
  if (page === null || host === null) return null;
  const number = /^[#!](\d{1,10})$/.exec(key)?.[1];
  if (number !== undefined) return `${page}/${host.pullRequest(number)}`;
  if (releaseName) {
    return key === '' || key.length > 200
      ? null
      : `${page}/${host.release(encodeURIComponent(key))}`;
  }
  return /^[0-9a-f]{7,64}$/.test(key) ? `${page}/${host.commit(key)}` : null;
}

/** Returns the address when it is an https page of a known code host, else null. */
export function trustedPage(address: string | null): string | null {
  const url = address === null || address.length > 1000 ? null : URL.parse(address);
  if (url === null || url.protocol !== 'https:' || hostOf(url.host) === null) return null;
  return url.username === '' && url.password === '' ? url.href : null;
}
