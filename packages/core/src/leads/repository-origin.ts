const withScheme =
  /^(https?|ssh|git|git\+ssh|ssh\+git):\/\/(?:[^/]*@)?(\[[0-9a-f:]+\]|[^/:@]+)(?::\d+)?\/(.+)$/i;
// scp's form; two colons would be a remote helper, one letter before the colon a drive.
const scpForm = /^(?:[^/\s]+@)?([^/:@\s]{2,}):(?!\/\/|:)(.+)$/;

/**
 * Returns the place that an address names as `host/owner/name` in lower case, the same for every
 * way of writing it; null for what names no place that two sources could share.
 */
export function normaliseOrigin(address: string): string | null {
  const text = address.trim();
  const [, scheme, schemeHost, schemePath] = withScheme.exec(text) ?? [];
  const [, scpHost, scpPath] = text.includes('://') ? [] : (scpForm.exec(text) ?? []);
  const host = (schemeHost ?? scpHost)?.toLowerCase();
  const path = cleanPath(schemePath ?? scpPath ?? '');
  if (host === undefined || !path.includes('/')) return null;
  return `${withoutEntrance(host, scheme)}/${path}`;
}

/** A host's web and shell entrances have names of their own: `www.`, or `ssh.` behind port 443. */
function withoutEntrance(host: string, scheme: string | undefined): string {
  const isShell = scheme === undefined || scheme.toLowerCase().includes('ssh');
  return host.replace(isShell ? /^(www|ssh|altssh)\.(?=[^.]+\.)/ : /^www\.(?=[^.]+\.)/, '');
}

function cleanPath(path: string): string {
  const [withoutQuery = ''] = path.split(/[?#]/);
  return withoutQuery
    .replaceAll(/\/{2,}/g, '/')
    .replace(/^\//, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/i, '')
    .toLowerCase();
}
