const toleratedSkewSeconds = 60;
/** Longer than Jira makes them last; an older one is a repetition, whatever it says of itself. */
const oldestSeconds = 15 * 60;

/**
 * Returns whether a token was signed with the secret of the app and holds now. It says who sent a
 * request and not what: the body of such a delivery is under no signature.
 */
export async function isGenuineJwt(token: string, secret: string, now: number): Promise<boolean> {
  const { jwtVerify } = await import('jose');
  try {
    await jwtVerify(token, new TextEncoder().encode(secret), {
      // Whatever the token itself says: "none" and public keys are for other senders.
      algorithms: ['HS256'],
      requiredClaims: ['iat', 'exp'],
      currentDate: new Date(now),
      clockTolerance: toleratedSkewSeconds,
      maxTokenAge: oldestSeconds,
    });
    return true;
  } catch {
    return false;
  }
}
