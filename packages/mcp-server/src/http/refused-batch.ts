import { refusal } from './refusal.ts';

/** The one revision that has batches; a request that names none is of it. */
const batchRevision = '2025-03-26';
const invalidRequestCode = -32_600;

/**
 * Returns why a batch is refused; null for one that may be, and for what is none. Only clients of
 * 2025-03-26 send them, and those name no revision.
 * @source Model Context Protocol 2025-06-18, changelog; Transports, Protocol Version Header
 */
export function refusedBatch(message: unknown, revision: string | null): Response | null {
  if (!Array.isArray(message)) return null;
  const isOfRevision = revision === null || revision === batchRevision;
  if (isOfRevision && message.length > 0) return null;
  const reason = isOfRevision
    ? 'A batch holds at least one message.'
    : `The protocol has no batches since 2025-06-18. Send each message by itself.`;
  return refusal(400, reason, {}, { code: invalidRequestCode });
}
