import { z } from 'zod';
import { canonicalJson } from '../canonical-json.ts';
import { riskTierSchema } from '../domain.ts';
import { hiddenWords } from '../hidden-characters.ts';
import type { MaskedCount } from '../redaction/mask-texts.ts';
import type { JsonObject, Preparation, PreviewFact } from './define-action.ts';
import { maskedWords, textsIn } from './outgoing-payload.ts';
import { type OutsideTexts, outsideTextsFact } from './outside-texts.ts';
import { wordsOutOfView } from './words-out-of-view.ts';
import { type PeopleThen, peopleThenSchema } from './people-then.ts';

const accountSchema = z.object({ source: z.string(), externalId: z.string() });

/** What the preparation found, beside what is hashed: shown, and asked by policy. */
export const storedPreviewSchema = z.object({
  targetUrl: z.string().nullable(),
  facts: z.array(
    z.object({ label: z.string(), value: z.string(), tone: z.enum(['plain', 'warning']) }),
  ),
  recipients: z.array(z.string()),
  content: z.string().nullable(),
  conditions: z.record(z.string(), z.union([z.boolean(), z.number(), z.string(), z.null()])),
  raisedRisk: z.object({ risk: riskTierSchema, reason: z.string() }).nullable(),
  excludedAccounts: z.array(accountSchema),
  /** Who is kept from approving, as they were when it was prepared; none in an older preview. */
  peopleThen: peopleThenSchema.default({ sponsor: [], editors: [], excluded: [] }),
  nudges: z.array(accountSchema.extend({ itemKey: z.string() })),
  /** What was masked in the payload before it was kept; null where nothing was. */
  masked: z.object({ secrets: z.number(), personalData: z.number() }).nullable(),
});
export type StoredPreview = z.infer<typeof storedPreviewSchema>;

/** What stands in a preview beside what the handler prepared. */
export interface PreviewContext {
  masked: MaskedCount | null;
  outsideTexts: OutsideTexts | null;
  peopleThen: PeopleThen;
  payload: JsonObject;
}

/** Returns the preview as it is stored: canonical, so that it can be hashed. */
export function writePreview(
  preparation: Preparation,
  { masked, outsideTexts, peopleThen, payload }: PreviewContext,
): string {
  const { content, recipients } = preparation;
  const given = textsIn(payload);
  // What the handler added: a title of the target, a name. What it took over is counted once.
  const added = textsIn([content, recipients]).filter((text) => !given.includes(text));
  const hidden = hiddenWords([...given, ...added]);
  const found = [...(hidden === null ? [] : [hidden]), ...wordsOutOfView([...given, ...added])];
  const preview: StoredPreview = storedPreviewSchema.parse({
    targetUrl: preparation.target.url,
    facts: [
      ...(masked === null ? [] : [maskedFact(masked)]),
      ...found.map((value) => ({ label: 'Text', value, tone: 'warning' as const })),
      ...preparation.facts,
      ...(outsideTexts === null ? [] : outsideTextsFact(outsideTexts)),
    ],
    recipients: preparation.recipients,
    content: preparation.content,
    conditions: preparation.conditions,
    raisedRisk: raisedBy(preparation, hidden),
    excludedAccounts: preparation.excludedAccounts,
    peopleThen,
    nudges: preparation.nudges ?? [],
    masked,
  });
  return canonicalJson(preview);
}

function maskedFact(masked: MaskedCount): PreviewFact {
  const value = `${maskedWords(masked)} in what was proposed; marks stand in place of it`;
  return { label: 'Masked', value, tone: 'warning' };
}

/** What an approver cannot see makes an effect a risky one, unless it stays in this store. */
function raisedBy(
  { raisedRisk: raised, target }: Preparation,
  hidden: string | null,
): StoredPreview['raisedRisk'] {
  if (hidden === null || target.source === 'adjutant') return raised ?? null;
  return { risk: 'high', reason: raised === undefined ? hidden : `${raised.reason}; ${hidden}` };
}

/** Returns a stored preview; null before the preparation. */
export function readPreview(text: string | null): StoredPreview | null {
  return text === null ? null : storedPreviewSchema.parse(JSON.parse(text));
}

const jsonObjectSchema = z.record(z.string(), z.json());

/** Returns stored JSON as an object. */
export function parseJsonObject(text: string): JsonObject {
  return jsonObjectSchema.parse(JSON.parse(text));
}
