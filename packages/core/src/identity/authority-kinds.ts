/** Everything that somebody can have which gives them more than anybody else here has. */
export const authorityKinds = [
  'role',
  'grant',
  'passkey',
  'link',
  'session',
  'token',
  'private_rows',
] as const;
export type AuthorityKind = (typeof authorityKinds)[number];

/** What people have, in words. */
export const authorityWords: Readonly<Record<AuthorityKind, string>> = {
  role: 'a role above member',
  grant: 'the right to decide',
  passkey: 'a passkey',
  link: 'a linked account',
  session: 'an open sign-in',
  token: 'an API token',
  private_rows: 'private reports or settings',
};
