const secretForm = /^whsec_([A-Za-z0-9+/]+={0,2})$/;
/** What the scheme allows. */
const keyBytes = { least: 24, most: 64 };

/** Returns the key of a secret of the Standard Webhooks scheme; null for what is none. */
export function keyOf(secret: string): Uint8Array | null {
  const base64 = secretForm.exec(secret.trim())?.[1];
  if (base64 === undefined) return null;
  const key = Buffer.from(base64, 'base64');
  const isWhole = key.toString('base64').replace(/=+$/, '') === base64.replace(/=+$/, '');
  return isWhole && key.length >= keyBytes.least && key.length <= keyBytes.most ? key : null;
}
