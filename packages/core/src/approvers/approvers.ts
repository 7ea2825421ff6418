import type { Approvers } from './handle.ts';
import type { ApproverContext } from './approver-context.ts';
import { readAuthenticatorFingerprints } from './authenticator-history.ts';
import { beginIdentityChange } from './change-presence.ts';
import { confirmApprovers, listUnconfirmed } from './confirm-approvers.ts';
import { beginEnrolment, finishEnrolment } from './enrolment.ts';
import { grantApprover, listApprovers, revokeApprover } from './grants.ts';
import { installationGrade } from './installation-grade.ts';
import {
  beginLink,
  finishLink,
  listLinks,
  unlinkAccount,
  viewerOfAccount,
} from './link-account.ts';
import { createLoginLink, openSession } from './login-links.ts';
import { endSessionOf, listSessions } from './open-sessions.ts';
import { endSession, readSession } from './page-sessions.ts';
import { beginDecision } from './passkey-evidence.ts';
import { beginSignIn, finishSignIn } from './passkey-sign-in.ts';
import { beginRevocation, finishRevocation, listPasskeys } from './revoke-authenticator.ts';
import { beginSigning, finishSigning, listPendingPasskeys } from './sign-enrolment.ts';
import { personOfSubject } from './sign-in-bindings.ts';
import { openVouchedSession, personOfAddress, viewerOfPerson } from './vouched-sign-in.ts';

/** Returns everything about approvers of one workspace. */
export function createApprovers(
  context: ApproverContext,
  options: { hostVouches: boolean; takesClicks?: () => Promise<boolean> } = { hostVouches: false },
): Approvers {
  return {
    relyingParty: context.relyingParty,
    serveAt: (origin) => void context.relyingParty.servedAt.add(origin),
    grant: (viewer, input) => grantApprover(context, viewer, input),
    revoke: (viewer, grantId) => revokeApprover(context, viewer, grantId),
    list: () => listApprovers(context),
    listUnconfirmed: () => listUnconfirmed(context),
    confirm: (viewer, wanted) => confirmApprovers(context, viewer, wanted),
    createLoginLink: (viewer, personId) => createLoginLink(context, viewer, personId),
    openSession: (token) => openSession(context, token),
    readSession: (cookie) => readSession(context, cookie),
    endSession: (cookie) => endSession(context, cookie),
    beginSignIn: () => beginSignIn(context),
    finishSignIn: (input) => finishSignIn(context, input),
    openVouchedSession: (vouched) => openVouchedSession(context, vouched),
    personOfSubject: (vouched) => personOfSubject(context, vouched),
    personOfAddress: (address) => personOfAddress(context, address),
    viewerOfPerson: (personId) => viewerOfPerson(context, personId),
    noteFailedSignIn: (failed) =>
      context.noteFailedSignIn?.({ workspaceId: context.workspaceId, ...failed }),
    listSessions: (viewer) => listSessions(context, viewer),
    endSessionOf: (viewer, sessionId) => endSessionOf(context, viewer, sessionId),
    listPasskeys: () => listPasskeys(context),
    listPendingPasskeys: (signer) => listPendingPasskeys(context, signer),
    beginEnrolment: (personId) => beginEnrolment(context, personId),
    finishEnrolment: (personId, input) => finishEnrolment(context, personId, input),
    beginSigning: (signer, requestId) => beginSigning(context, signer, requestId),
    finishSigning: (signer, input) => finishSigning(context, signer, input),
    beginRevocation: (signer, id) => beginRevocation(context, signer, id),
    finishRevocation: (signer, input) => finishRevocation(context, signer, input),
    beginLink: (signer, account) => beginLink(context, signer, account),
    finishLink: (signer, input) => finishLink(context, signer, input),
    unlink: (viewer, linkId) => unlinkAccount(context, viewer, linkId),
    listLinks: () => listLinks(context),
    viewerOf: (account) => viewerOfAccount(context, account),
    beginIdentityChange: (personId, operation) => beginIdentityChange(context, personId, operation),
    beginDecision: (decision) => beginDecision(context, decision),
    fingerprints: () => readAuthenticatorFingerprints(context.store.read, context.workspaceId),
    grade: () => installationGrade(context, options),
  };
}
