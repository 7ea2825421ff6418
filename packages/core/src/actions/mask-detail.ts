import type { TextRedactor } from '../redaction/create-text-redactor.ts';
import { maskTexts } from '../redaction/mask-texts.ts';
import type { JsonObject } from './define-action.ts';
import type { ActionDetail } from './handle.ts';
import { parseJsonObject } from './stored-preview.ts';

/**
 * Returns an action as every surface shows it: what was fetched from the target, what it answered
 * and what people said in free words are masked. Payload and content stay as they are, because they
 * were masked before anything was kept, and what is shown must be what is sent; so do recipients.
 */
export function maskDetail(action: ActionDetail, redactor: TextRedactor): ActionDetail {
  const text = <Text extends string | null>(words: Text): Text | string =>
    words === null ? words : redactor.redact(words);
  const json = (value: JsonObject | null): JsonObject | null =>
    value === null ? null : parseJsonObject(JSON.stringify(maskTexts(value, redactor).value));
  const { preview } = action;
  return {
    ...action,
    preconditions: json(action.preconditions),
    preview:
      preview === null
        ? null
        : {
            ...preview,
            facts: preview.facts.map(({ label, value, tone }) => ({
              label: text(label),
              value: text(value),
              tone,
            })),
          },
    rationale: text(action.rationale),
    policyReason: text(action.policyReason),
    outcome: json(action.outcome),
    decisions: action.decisions.map((one) => ({ ...one, reason: text(one.reason) })),
    revisions: action.revisions.map((one) => ({ ...one, reason: text(one.reason) })),
  };
}
