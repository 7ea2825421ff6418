import type { Viewer } from '../domain.ts';
import type { ApproverContext } from './approver-context.ts';
import { readAuthenticatorFingerprints } from './authenticator-history.ts';
import { beginEnrolment, type EnrolmentResult, finishEnrolment } from './enrolment.ts';
import {
  type ApproverGrant,
  grantApprover,
  type GrantApproverInput,
  listApprovers,
  revokeApprover,
} from './grants.ts';
import { type InstallationGrade, installationGrade } from './installation-grade.ts';
import { createLoginLink, openSession } from './login-links.ts';
import { endSession, type OpenedSession, type PageSession, readSession } from './page-sessions.ts';
import { beginDecision } from './passkey-evidence.ts';
import {
  beginRevocation,
  type EnrolledPasskey,
  finishRevocation,
  listPasskeys,
} from './revoke-authenticator.ts';
import type { RelyingParty } from './relying-party.ts';
import {
  beginSigning,
  finishSigning,
  listPendingPasskeys,
  type PendingPasskey,
} from './sign-enrolment.ts';
import type { Verdict } from '../domain.ts';
import type { PasskeyOptions } from './webauthn-responses.ts';

/** A question to a passkey: what the browser is given, and what comes back with the answer. */
export interface PasskeyQuestion {
  challengeId: string;
  options: PasskeyOptions;
}

/** Who may decide in one workspace, and how they prove that it is they. */
export interface Approvers {
  readonly relyingParty: RelyingParty;
  /** @throws AdjutantError `Permission`, `NotFound`, `InvalidInput` */
  grant(viewer: Viewer, input: GrantApproverInput): Promise<ApproverGrant>;
  /** @throws AdjutantError `Permission`, `NotFound` */
  revoke(viewer: Viewer, grantId: string): Promise<void>;
  list(): Promise<ApproverGrant[]>;
  /** Makes a token that opens the page once within five minutes. @throws AdjutantError `Permission` */
  createLoginLink(viewer: Viewer, personId?: string): Promise<{ token: string; expiresAt: number }>;
  /** @throws AdjutantError `Authentication` */
  openSession(token: string): Promise<OpenedSession>;
  readSession(cookie: string): Promise<PageSession | null>;
  endSession(cookie: string): Promise<void>;
  listPasskeys(): Promise<EnrolledPasskey[]>;
  listPendingPasskeys(signerPersonId: string): Promise<PendingPasskey[]>;
  beginEnrolment(personId: string): Promise<PasskeyQuestion>;
  finishEnrolment(
    personId: string,
    input: { challengeId: string; response: unknown; label: string },
  ): Promise<EnrolmentResult>;
  beginSigning(signerPersonId: string, requestId: string): Promise<PasskeyQuestion>;
  finishSigning(
    signerPersonId: string,
    input: { requestId: string; challengeId: string; response: unknown },
  ): Promise<{ authenticatorId: string; fingerprint: string }>;
  beginRevocation(signerPersonId: string, authenticatorId: string): Promise<PasskeyQuestion>;
  finishRevocation(
    signerPersonId: string,
    input: { authenticatorId: string; challengeId: string; response: unknown },
  ): Promise<void>;
  /** Asks for a signature under exactly this decision. It is given with `actions.decide`. */
  beginDecision(decision: {
    reviewerPersonId: string;
    actionId: string;
    revision: number;
    payloadHash: string;
    verdict: Verdict;
  }): Promise<PasskeyQuestion>;
  /** Fingerprints of all passkeys that were ever enrolled, the first one first. */
  fingerprints(): Promise<string[]>;
  /** Which assurance this installation reaches, and why. */
  grade(): Promise<InstallationGrade>;
}

/** Returns everything about approvers of one workspace. */
export function createApprovers(
  context: ApproverContext,
  options: { hostVouches: boolean } = { hostVouches: false },
): Approvers {
  return {
    relyingParty: context.relyingParty,
    grant: (viewer, input) => grantApprover(context, viewer, input),
    revoke: (viewer, grantId) => revokeApprover(context, viewer, grantId),
    list: () => listApprovers(context),
    createLoginLink: (viewer, personId) => createLoginLink(context, viewer, personId),
    openSession: (token) => openSession(context, token),
    readSession: (cookie) => readSession(context, cookie),
    endSession: (cookie) => endSession(context, cookie),
    listPasskeys: () => listPasskeys(context),
    listPendingPasskeys: (signer) => listPendingPasskeys(context, signer),
    beginEnrolment: (personId) => beginEnrolment(context, personId),
    finishEnrolment: (personId, input) => finishEnrolment(context, personId, input),
    beginSigning: (signer, requestId) => beginSigning(context, signer, requestId),
    finishSigning: (signer, input) => finishSigning(context, signer, input),
    beginRevocation: (signer, id) => beginRevocation(context, signer, id),
    finishRevocation: (signer, input) => finishRevocation(context, signer, input),
    beginDecision: (decision) => beginDecision(context, decision),
    fingerprints: () => readAuthenticatorFingerprints(context.store.read, context.workspaceId),
    grade: () => installationGrade(context, options),
  };
}
