import { z } from 'zod';
import { createTextRedactor } from '../redaction/create-text-redactor.ts';
import { maskTexts } from '../redaction/mask-texts.ts';

const longestText = 4_000;

const textSchema = z
  .string()
  .trim()
  .max(longestText, `has more than ${longestText} characters`)
  .refine((text) => !/[^\P{Cc}\n\r\t]/u.test(text), 'has control characters')
  .nullish()
  .transform((text) => (text === undefined || text === '' ? null : text));

/** The three texts of a report, each with what is missing as null. */
export const reportTextsSchema = z.object({
  did: textSchema,
  next: textSchema,
  blockers: textSchema,
});
export type ReportTexts = z.infer<typeof reportTextsSchema>;

// What somebody writes of their own day names colleagues and numbers; only what opens a door is masked.
const secretsOnly = createTextRedactor({ level: 'off' });

/** Returns the texts as they are kept, each secret replaced by `[secret]`, and how many there were. */
export function maskSecrets(texts: ReportTexts): { texts: ReportTexts; maskedSecrets: number } {
  const { value, masked } = maskTexts(texts, secretsOnly);
  // Masking leaves the shape as it is; a marker may make a text a little longer than was allowed.
  const kept = reportTextsSchema.parse(cut(value));
  return { texts: kept, maskedSecrets: masked.secrets };
}

function cut(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => [
      name,
      typeof text === 'string' ? text.slice(0, longestText) : text,
    ]),
  );
}
