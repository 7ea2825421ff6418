import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { ProposeInput } from '../actions/handle.ts';
import { suggestedActionSchema } from '../domain/signal.ts';
import { AdjutantError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { readRows } from '../store/json-columns.ts';
import { isOpenFinding } from './known-findings.ts';

/** For how long a finding still gets its proposal, should the process have ended in between. */
const lateMs = 86_400_000;

const rowSchema = z.object({
  ruleId: z.string(),
  proposalKey: z.string(),
  sentence: z.string(),
  suggestions: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.array(suggestedActionSchema)),
});

export interface ProposalOptions {
  /** Rules whose findings are answered with a proposal. */
  ruleIds: readonly string[];
  /** Proposes as the system: policy decides what becomes of it. */
  propose(this: void, input: ProposeInput): Promise<unknown>;
  logger: Logger;
}

/**
 * Proposes the first suggestion of each finding that came up lately and has none yet: once for each
 * time that it came up, whoever runs the rules. It never executes anything.
 */
export async function proposeForFindings(
  context: ReadContext,
  { ruleIds, propose, logger }: ProposalOptions,
): Promise<number> {
  if (ruleIds.length === 0) return 0;
  let proposed = 0;
  for (const finding of await waiting(context, ruleIds)) {
    const [suggestion] = finding.suggestions;
    if (suggestion === undefined) continue;
    try {
      await propose({
        type: suggestion.type,
        payload: suggestion.payload,
        idempotencyKey: finding.proposalKey,
        rationale: finding.sentence,
      });
      proposed += 1;
    } catch (error) {
      const { ruleId } = finding;
      const told = AdjutantError.isInstance(error) ? error.code : 'unknown';
      logger.log('warn', 'a finding could not be answered with a proposal', {
        ruleId,
        error: told,
      });
    }
  }
  return proposed;
}

/** What nobody is told of, and what somebody has hidden, proposes nothing. */
async function waiting({ store, workspaceId, clock }: ReadContext, ruleIds: readonly string[]) {
  const now = clock.now();
  return readRows(
    store.read,
    rowSchema,
    Object.keys(rowSchema.shape),
    sql`select * from (select f.rule_id as "ruleId", f.sentence, f.suggestions, f.opened_at,
        'signal:' || f.fingerprint || ':' || f.opened_count as "proposalKey"
      from signal_findings f where f.workspace_id = ${workspaceId} and ${isOpenFinding('f')}
        and f.is_announced = 1 and f.opened_at > ${now - lateMs} and f.suggestions <> '[]'
        and f.rule_id in (select value from json_each(${JSON.stringify(ruleIds)}))
        and coalesce(f.snoozed_until, 0) <= ${now}
        and not exists (select 1 from signal_mutes m where m.workspace_id = f.workspace_id
          and m.rule_id = f.rule_id and m.subject_id in ('', f.subject_id))) found
      where not exists (select 1 from actions a where a.workspace_id = ${workspaceId}
        and a.idempotency_key = found."proposalKey")
      order by found.opened_at, found."proposalKey" limit 100`,
  );
}
