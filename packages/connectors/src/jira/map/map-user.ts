import type { DomainRows } from '@adjutant/core';
import { z } from 'zod';
import { boundedText } from '../../commits/text.ts';
import { AccountCollector } from './accounts.ts';
import { userPayloadSchema } from './issue-payload.ts';

const maxAddressLength = 320;

/** An account that Jira gave when it was asked for an address. */
const lookedUpSchema = z.object({ accountId: z.string(), lookedUpBy: z.string() });

/** A record of the stream of users: an account, or by which address one was found. */
export const userRecordSchema = z.union([lookedUpSchema, userPayloadSchema]);
export type UserRecord = z.infer<typeof userRecordSchema>;

/** Returns the rows that a record of a user stands for. Pure. */
export function mapUser(payload: UserRecord): DomainRows {
  if (payload !== null && payload !== undefined && 'lookedUpBy' in payload) {
    return {
      identityMappings: [
        {
          source: 'jira',
          fromExternalId: boundedText(payload.accountId, 200),
          toExternalId: boundedText(payload.lookedUpBy, maxAddressLength),
          displayName: null,
          method: 'looked_up_email',
        },
      ],
    };
  }
  const accounts = new AccountCollector();
  accounts.of(payload);
  return accounts.rows();
}
