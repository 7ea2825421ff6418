import { auditEntrySchema } from '@adjutant/core/domain';
import { z } from 'zod';
import { mayRead } from '../access.ts';
import { type AnyRoute, defineRoute } from '../define-route.ts';
import { paging } from '../query-parts.ts';
import { ledgerReportSchema } from '../schemas/ledger-report.ts';
import { plainPageOf } from '../schemas/pages.ts';

const word = z.string().min(1).max(400).optional();
const instant = z.coerce.number().int().min(0).max(8_640_000_000_000_000).optional();

/** The ledger: what changed, and the proof that it was not changed afterwards. */
export const auditRoutes: readonly AnyRoute[] = [
  defineRoute({
    id: 'audit.list',
    method: 'GET',
    path: '/v1/audit',
    summary: 'Returns entries of the ledger, newest first, without what is personal of them.',
    access: mayRead,
    query: z.strictObject({
      event: word,
      subject: word,
      actor: word,
      traceId: word,
      since: instant.describe('At or after this instant.'),
      until: instant.describe('Before this instant.'),
      ...paging,
    }),
    status: 200,
    answer: plainPageOf(auditEntrySchema),
    handle: ({ handle, query }) => handle.audit.list(query),
  }),
  defineRoute({
    id: 'audit.verify',
    method: 'POST',
    path: '/v1/audit/verify',
    summary: 'Checks the whole ledger and says what is wrong with it.',
    access: { ...mayRead, role: 'lead', agents: false },
    status: 200,
    answer: ledgerReportSchema,
    handle: ({ handle }) => handle.audit.verify(),
  }),
];
