import type { HostSessionVerifier } from '../approvers/host-session.ts';
import type { Viewer } from '../domain.ts';
import type { IdentityProof } from '../identity/presence.ts';

/** A host that vouches for everybody who says to be signed in there, as the real one does for whoever is. */
export const vouchingHost: HostSessionVerifier = {
  verify: ({ proof: { subject } }) => Promise.resolve({ subject }),
  verifyChange: ({ proof: { subject }, digest }) => Promise.resolve({ subject, digest }),
  recheck: () => Promise.resolve(true),
};

/** Returns what such a host proves of somebody: that they are there and agree. */
export function vouchedProof(viewer: Viewer): IdentityProof {
  const subject = viewer.kind === 'person' ? viewer.personId : 'nobody';
  return { kind: 'host_session', subject, method: 'test' };
}
