import type { AccessScope, Person, SignInMethod } from '../../domain.ts';
import type { ColumnKit } from '../column-kit.ts';

/** Who may decide, how they prove it, and where they are signed in. */
export function approverTables(kit: ColumnKit) {
  const { table, text, integer, instant, json, index, unique, primaryKey } = kit;
  return {
    approverGrants: table(
      'approver_grants',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        /** Rights belong to an account, because a name can be taken over. */
        accountSource: text().notNull(),
        accountExternalId: text().notNull(),
        personId: text().notNull(),
        /** `*`, or a type of action. */
        scope: text().notNull(),
        /** 0 reviews from the start; higher ones join as an action escalates. */
        escalationLevel: integer().notNull().default(0),
        grantedBy: text().notNull(),
        grantedAt: instant().notNull(),
        revokedAt: instant(),
      },
      (t) => [index('approver_grants_person').on(t.workspaceId, t.personId)],
    ),
    authenticators: table(
      'authenticators',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        personId: text().notNull(),
        credentialId: text().notNull(),
        /** COSE key, base64url. */
        publicKey: text().notNull(),
        counter: integer().notNull(),
        transports: json<string[]>().notNull(),
        relyingPartyId: text().notNull(),
        label: text().notNull(),
        /** SHA-256 of the public key: what an exported checkpoint names. */
        fingerprint: text().notNull(),
        /** The earlier authenticator that signed this enrolment; null for the first. */
        signedById: text(),
        enrolmentProof: json<Record<string, unknown>>(),
        enrolledAt: instant().notNull(),
        revokedAt: instant(),
      },
      (t) => [unique('authenticators_credential').on(t.workspaceId, t.credentialId)],
    ),
    /** New passkeys that wait for the signature of an earlier one. */
    authenticatorRequests: table(
      'authenticator_requests',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        personId: text().notNull(),
        credentialId: text().notNull(),
        publicKey: text().notNull(),
        counter: integer().notNull(),
        transports: json<string[]>().notNull(),
        relyingPartyId: text().notNull(),
        label: text().notNull(),
        fingerprint: text().notNull(),
        createdAt: instant().notNull(),
        expiresAt: instant().notNull(),
        settledAt: instant(),
      },
      (t) => [index('authenticator_requests_open').on(t.workspaceId, t.settledAt)],
    ),
    /** What a passkey is asked to sign, and buttons that were pressed; each is used once. */
    challenges: table(
      'challenges',
      {
        /** SHA-256 of the challenge, or of what names the press. */
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        personId: text().notNull(),
        purpose: text()
          .$type<
            | 'decide'
            | 'enrol'
            | 'sign_enrolment'
            | 'revoke'
            | 'link_account'
            | 'change_identity'
            | 'click'
            | 'sign_in'
          >()
          .notNull(),
        /** The action, request or authenticator that it is about. */
        subject: text().notNull(),
        expiresAt: instant().notNull(),
        usedAt: instant(),
      },
      (t) => [index('challenges_expiry').on(t.workspaceId, t.expiresAt)],
    ),
    loginLinks: table('login_links', {
      /** SHA-256 of the token. */
      id: text().primaryKey(),
      workspaceId: text().notNull(),
      personId: text().notNull(),
      expiresAt: instant().notNull(),
      usedAt: instant(),
    }),
    pageSessions: table(
      'page_sessions',
      {
        /** SHA-256 of the cookie. */
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        personId: text().notNull(),
        createdAt: instant().notNull(),
        expiresAt: instant().notNull(),
        endedAt: instant(),
        /** How the browser was signed in; null for one of before this was noted. */
        method: text().$type<SignInMethod>(),
        /** The role that the person had then: with another one the session is over. */
        role: text().$type<Person['role']>(),
      },
      (t) => [index('page_sessions_expiry').on(t.workspaceId, t.expiresAt)],
    ),
    /** What programs show instead of a person who is there. */
    accessTokens: table(
      'access_tokens',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        personId: text().notNull(),
        /** The assistant that shows it, which then works for the person; null for their own programs. */
        agentName: text(),
        name: text().notNull(),
        scopes: json<AccessScope[]>().notNull(),
        /** SHA-256 of the token; the token itself is stored nowhere. */
        digest: text().notNull(),
        createdAt: instant().notNull(),
        expiresAt: instant().notNull(),
        /** To the hour: a busy program would otherwise write with each request. */
        lastUsedAt: instant(),
        revokedAt: instant(),
      },
      (t) => [
        unique('access_tokens_digest').on(t.digest),
        index('access_tokens_person').on(t.workspaceId, t.personId),
      ],
    ),
    secrets: table(
      'secrets',
      {
        workspaceId: text().notNull(),
        /** What it belongs to: `connector:github:read`. */
        name: text().notNull(),
        dataKeyId: text().notNull(),
        nonce: text().notNull(),
        ciphertext: text().notNull(),
        tag: text().notNull(),
        updatedAt: instant().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.name] })],
    ),
    dataKeys: table(
      'data_keys',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        /** The key outside that this one is wrapped with. */
        keyId: text().notNull(),
        wrapped: text().notNull(),
        createdAt: instant().notNull(),
        retiredAt: instant(),
      },
      (t) => [index('data_keys_workspace').on(t.workspaceId, t.createdAt)],
    ),
    /** Keys outside that open nothing any more, whoever still has them. */
    retiredKeys: table(
      'retired_keys',
      {
        workspaceId: text().notNull(),
        keyId: text().notNull(),
        retiredAt: instant().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.keyId] })],
    ),
  };
}
