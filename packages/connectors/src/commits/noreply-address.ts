/** What a vendor's no-reply address tells about the account behind it. */
export interface NoreplyAddress {
  login: string;
  /** `github:12345`; null in the older form without a number. */
  vendorId: string | null;
}

const github = /^(?:(\d{1,12})\+)?([a-z0-9][a-z0-9-]*(?:\[bot\])?)@users\.noreply\.github\.com$/i;
const gitlab = /^(\d{1,12})-([a-z0-9_.][a-z0-9_.-]*)@users\.noreply\.gitlab\.com$/i;

/** Returns the login and number in a no-reply address, or null for any other address. */
export function readNoreplyAddress(email: string): NoreplyAddress | null {
  const onGithub = email.endsWith('@users.noreply.github.com') ? github.exec(email) : null;
  if (onGithub !== null) {
    const [, id, login = ''] = onGithub;
    return { login, vendorId: id === undefined ? null : `github:${id}` };
  }
  const onGitlab = email.endsWith('@users.noreply.gitlab.com') ? gitlab.exec(email) : null;
  if (onGitlab === null) return null;
  const [, id, login = ''] = onGitlab;
  return { login, vendorId: `gitlab:${id}` };
}
