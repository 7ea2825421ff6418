import type { Assurance, SignInMethod, Verdict, Viewer } from '../domain.ts';
import type { IdentityOperation } from '../identity/identity-operation.ts';
import type { IdentityChangePlan } from '../identity/identity-change-plan.ts';
import type { RelyingParty } from './relying-party.ts';
import type { PasskeyOptions } from './webauthn-responses.ts';

export interface GrantApproverInput {
  /** Where the account is, and its immutable id there: a name can be taken over, an id cannot. */
  accountSource: string;
  accountExternalId: string;
  /** `*`, or one type of action. */
  scope?: string | undefined;
  /** 0 reviews from the start; higher ones join as an action escalates. */
  escalationLevel?: number | undefined;
}

/** What an OpenID provider vouched for: that one subject of its is this person. */
export interface VouchedSignIn {
  personId: string;
  issuer: string;
  subject: string;
}

/** What a provider says of somebody, and what is known of who that is. */
export interface VouchedSubject {
  issuer: string;
  subject: string;
  /** Null where there is none, or the provider does not vouch for it. */
  verifiedAddress: string | null;
  /** The person whom an administrator, or the host, names for this subject; null for none. */
  named: string | null;
  /** The person whom the address suggests, where the subject is bound to nobody yet; null for none. */
  suggested: string | null;
}

/** An account, by its immutable id. */
export interface LinkAccountInput {
  accountSource: string;
  accountExternalId: string;
}

/** An account in a chat program whose signed buttons speak for a person. */
export interface LinkedAccount extends LinkAccountInput {
  linkId: string;
  personId: string;
  personName: string;
  linkedAt: number;
  /** False where the passkey that signed it was revoked, or the account is somebody else's by now. */
  counts: boolean;
}

/** What a restored or adopted store brought with it, and what does not count until it is confirmed. */
export interface Unconfirmed {
  passkeys: EnrolledPasskey[];
  grants: ApproverGrant[];
  /** Whose accounts are for figures only meanwhile: they sign nobody in and open nothing private. */
  people: UnconfirmedPerson[];
}

/** Somebody with the accounts that a restored or adopted store gives them. */
export interface UnconfirmedPerson {
  personId: string;
  personName: string;
  accounts: { source: string; externalId: string }[];
}

/** The right of one account to decide. */
export interface ApproverGrant {
  id: string;
  accountSource: string;
  accountExternalId: string;
  personId: string;
  personName: string;
  scope: string;
  escalationLevel: number;
  grantedBy: string;
  grantedAt: number;
}

/** A new passkey whose making was checked; not yet trusted. */
export interface NewPasskey {
  personId: string;
  credentialId: string;
  publicKey: string;
  counter: number;
  transports: string[];
  relyingPartyId: string;
  label: string;
  fingerprint: string;
}

/** Whether a new passkey counts at once, or waits for the signature of an earlier one. */
export type EnrolmentResult =
  | { state: 'enrolled'; authenticatorId: string; fingerprint: string }
  | { state: 'needs_signature'; requestId: string; fingerprint: string };

/** Somebody who is signed in at the page. */
export interface PageSession {
  /** SHA-256 of the cookie; the cookie itself is stored nowhere. */
  id: string;
  viewer: Extract<Viewer, { kind: 'person' }>;
  personName: string;
  expiresAt: number;
}

/** A session with the cookie that stands for it, which is handed out this once. */
export interface OpenedSession {
  cookie: string;
  session: PageSession;
}

/** A browser that is signed in, as it is listed; what opens anything is not in it. */
export interface OpenSession {
  id: string;
  personId: string;
  personName: string;
  /** Null for one that was opened before this was noted. */
  method: SignInMethod | null;
  createdAt: number;
  expiresAt: number;
}

/** A passkey that counts. */
export interface EnrolledPasskey {
  authenticatorId: string;
  personId: string;
  personName: string;
  label: string;
  /** SHA-256 of its public key. */
  fingerprint: string;
  enrolledAt: number;
  /** True for the one that was trusted on first use. */
  isFirst: boolean;
}

/** A new passkey that waits for a signature of the person who looks. */
export interface PendingPasskey {
  requestId: string;
  personId: string;
  personName: string;
  label: string;
  fingerprint: string;
  expiresAt: number;
}

/** The strongest proof of a human decision that an installation can give, and why. */
export interface InstallationGrade {
  assurance: Assurance;
  /** What it rests on, one sentence each. */
  reasons: string[];
  /** How to reach the next grade; null at the highest. */
  nextStep: string | null;
  passkeys: { personName: string; label: string; fingerprint: string; trusted: boolean }[];
}

/** A question to a passkey: what the browser is given, and what comes back with the answer. */
export interface PasskeyQuestion {
  challengeId: string;
  options: PasskeyOptions;
}

/** Who may decide in one workspace, and how they prove that it is they. */
export interface Approvers {
  readonly relyingParty: RelyingParty;
  /**
   * Says that this process serves the page at an origin. From then on decisions signed with a passkey
   * at any other address count no more in this process.
   */
  serveAt(origin: string): void;
  /** @throws AdjutantError `Permission`, `NotFound`, `InvalidInput` */
  grant(viewer: Viewer, input: GrantApproverInput): Promise<ApproverGrant>;
  /** @throws AdjutantError `Permission`, `NotFound` */
  revoke(viewer: Viewer, grantId: string): Promise<void>;
  list(): Promise<ApproverGrant[]>;
  /** Returns what came with a restored or adopted store and does not count: passkeys, rights, accounts. */
  listUnconfirmed(): Promise<Unconfirmed>;
  /** Lets it count again, of people all their accounts. @throws AdjutantError `Permission`, `NotFound` */
  confirm(
    viewer: Viewer,
    wanted: {
      authenticatorIds: readonly string[];
      grantIds: readonly string[];
      personIds?: readonly string[];
    },
  ): Promise<void>;
  /** Makes a token that opens the page once within five minutes. @throws AdjutantError `Permission` */
  createLoginLink(viewer: Viewer, personId?: string): Promise<{ token: string; expiresAt: number }>;
  /** @throws AdjutantError `Authentication` */
  openSession(token: string): Promise<OpenedSession>;
  readSession(cookie: string): Promise<PageSession | null>;
  endSession(cookie: string): Promise<void>;
  /** Asks a browser for any passkey that is enrolled here; it names none. */
  beginSignIn(): Promise<PasskeyQuestion>;
  /** Opens a session for whoever's passkey signed the question. @throws AdjutantError `Authentication` */
  finishSignIn(input: { challengeId: string; response: unknown }): Promise<OpenedSession>;
  /**
   * Opens a session for somebody whom an identity provider vouches for. Only whoever checked that may
   * call it. @throws AdjutantError `Authentication`
   */
  openVouchedSession(vouched: VouchedSignIn): Promise<OpenedSession>;
  /**
   * Returns the person to whom issuer and subject are bound, and binds them at their first sign-in; null
   * for nobody known. A second subject with an address that one is bound by is refused, and the ledger
   * tells of it. Only whoever checked what the provider says may call it. @throws AdjutantError `Permission`
   */
  personOfSubject(vouched: VouchedSubject): Promise<string | null>;
  /** Returns whose verified address this is; null where that is not certain enough to sign in by. */
  personOfAddress(address: string): Promise<string | null>;
  /** Returns a person as a viewer, with the role that they have now; null for nobody here. */
  viewerOfPerson(personId: string): Promise<PageSession['viewer'] | null>;
  /** Counts an attempt to sign in that failed outside, for the ledger. */
  noteFailedSignIn(failed: { method: SignInMethod; reason: string }): void;
  /** Returns where the viewer is signed in; for an administrator where everybody is. @throws AdjutantError `Permission` */
  listSessions(viewer: Viewer): Promise<OpenSession[]>;
  /** @throws AdjutantError `Permission`, `NotFound` */
  endSessionOf(viewer: Viewer, sessionId: string): Promise<void>;
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
  /**
   * Asks for a signature that lets an account, such as one in Slack, speak for its person: their own
   * passkey's, or for somebody who has none an administrator's. @throws AdjutantError `NotFound`,
   * `Permission`
   */
  beginLink(signerPersonId: string, account: LinkAccountInput): Promise<PasskeyQuestion>;
  finishLink(
    signerPersonId: string,
    input: LinkAccountInput & { challengeId: string; response: unknown },
  ): Promise<{ linkId: string }>;
  /** Decisions made through it that were not carried out yet no longer count. @throws AdjutantError `Permission`, `NotFound` */
  unlink(viewer: Viewer, linkId: string): Promise<void>;
  listLinks(): Promise<LinkedAccount[]>;
  /**
   * Returns whom an account of a chat program stands for as a viewer, which takes no link: to show
   * them what they may see. Null for an account of nobody.
   */
  viewerOf(account: LinkAccountInput & { vendorId: string }): Promise<PageSession['viewer'] | null>;
  /**
   * Shows an administrator what a change of who is who, or of a role, would do, and asks for a signature
   * under exactly that. It is given with the change. @throws AdjutantError `Permission`, `InvalidInput`
   */
  beginIdentityChange(
    administratorPersonId: string,
    operation: IdentityOperation,
  ): Promise<PasskeyQuestion & { plan: IdentityChangePlan }>;
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
