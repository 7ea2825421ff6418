import type { DomainRows } from '@adjutant/core';
import { AccountCollector } from './accounts.ts';
import type { UserPayload } from './issue-payload.ts';

/** Returns the rows that a user stands for. Pure. */
export function mapUser(payload: UserPayload): DomainRows {
  const accounts = new AccountCollector();
  accounts.of(payload);
  return accounts.rows();
}
