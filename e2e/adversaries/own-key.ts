import { hash } from 'node:crypto';
import { z } from 'zod';
import {
  type EntryBody,
  entryHash,
  genesisHash,
} from '../../packages/core/src/audit/entry-hash.ts';
import { onFile } from './database-file.ts';
import type { SignedIn } from './signed-in.ts';

/** A key of an adversary, and what may be done with it to a database that lies open. */
export interface OwnKey {
  /** Puts it into the row of the first passkey. */
  replaceOwners(): void;
  /** Lets the ledger name it as the first passkey, and writes every hash from there on anew. */
  rewriteLedger(): void;
}

const requestSchema = z.object({ public_key: z.string() });
const rowSchema = z.object({ credential_id: z.string(), fingerprint: z.string() });

/** Takes a key that was asked to be enrolled: the server itself has written its public half down. */
export function takeKeyOf(path: string, { device }: SignedIn): OwnKey {
  const { credentialId } = device;
  const publicKey = onFile(path, (file) => {
    const [row] = file.query<unknown>(
      `select public_key from authenticator_requests where credential_id = '${credentialId}'`,
    );
    return requestSchema.parse(row).public_key;
  });
  const fingerprint = hash('sha256', Buffer.from(publicKey, 'base64url'), 'base64url');
  const owners = onFile(path, (file) => {
    const [row] = file.query<unknown>('select credential_id, fingerprint from authenticators');
    return rowSchema.parse(row);
  });
  return {
    replaceOwners: () =>
      onFile(path, (file) =>
        file.attack(
          `update authenticators set credential_id = '${credentialId}', public_key = '${publicKey}',
            fingerprint = '${fingerprint}', counter = 0`,
        ),
      ),
    rewriteLedger: () =>
      onFile(path, (file) => {
        const rows = file.query<EntryBody>(
          `select id, workspace_id as workspaceId, at, actor, event, subject, detail,
            trace_id as traceId, outcome, personal_digests as personalDigests, seq
            from audit_entries order by seq`,
        );
        let previous = genesisHash;
        const statements = rows.map((row) => {
          const detail = row.detail
            .replace(owners.fingerprint, fingerprint)
            .replace(owners.credential_id, credentialId);
          const own = entryHash(previous, { ...row, detail });
          const text = `update audit_entries set detail = '${detail.replaceAll("'", "''")}',
            previous_hash = '${previous}', hash = '${own}' where id = '${row.id}'`;
          previous = own;
          return text;
        });
        file.attack(...statements, `update audit_heads set hash = '${previous}'`);
      }),
  };
}
