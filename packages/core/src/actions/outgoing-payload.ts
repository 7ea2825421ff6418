import type { z } from 'zod';
import { canonicalJson } from '../canonical-json.ts';
import { AdjutantError } from '../errors.ts';
import { parseInput } from '../parse-input.ts';
import type { TextRedactor } from '../redaction/create-text-redactor.ts';
import { type MaskedCount, maskTexts } from '../redaction/mask-texts.ts';
import type { ActionDeps } from './action-deps.ts';
import type { AnyActionDefinition } from './define-action.ts';

/** More than anybody could read before deciding. */
const longestPayload = 65_536;

/** A payload as it is stored, hashed, shown and sent: one text for all of them. */
export interface OutgoingPayload {
  text: string;
  /** What stood in it and was masked before anything was kept; null where nothing was. */
  masked: MaskedCount | null;
}

/**
 * Returns a payload as it is stored, with what must not leave masked already: so what is approved is
 * what is carried out, and a secret that was proposed is kept nowhere.
 * @throws AdjutantError `InvalidInput`, also where something can be neither masked nor kept;
 * `Configuration` for a schema that does not take what it gives
 */
export function readPayload(
  deps: Pick<ActionDeps, 'redactorFor'>,
  workspaceId: string,
  definition: AnyActionDefinition,
  payload: Readonly<Record<string, unknown>>,
): OutgoingPayload {
  const schema: z.ZodType = definition.inputSchema;
  const given = withoutUndefined(parseInput(schema, payload));
  // Before it is masked, which takes time in proportion.
  requireReadable(canonicalJson(given));
  const { value, masked } = maskPayload(given, definition, deps.redactorFor(workspaceId));
  const parsed = schema.safeParse(value);
  const isMasked = masked.secrets + masked.personalData > 0;
  if (!parsed.success && isMasked) throw cannotBeMasked(parsed.error, masked);
  const text = canonicalJson(value);
  if (!parsed.success || canonicalJson(withoutUndefined(parsed.data)) !== text) {
    throw new AdjutantError(
      'Configuration',
      `The schema of "${definition.id}" does not take what it gives.`,
      { hint: 'What is stored is read with it again: leave out transforms that change it twice.' },
    );
  }
  requireReadable(text);
  return { text, masked: isMasked ? masked : null };
}

/**
 * Returns a stored payload as the handler takes it.
 * @throws AdjutantError `InvalidInput` where the handler has come to take something else since
 */
export function readStoredPayload(
  definition: AnyActionDefinition,
  text: string,
): { payload: never } {
  const parsed = definition.inputSchema.safeParse(JSON.parse(text));
  // A default that came later is not what was shown and approved either.
  if (parsed.success && canonicalJson(withoutUndefined(parsed.data)) === text) {
    return { payload: parsed.data };
  }
  throw new AdjutantError(
    'InvalidInput',
    `What was proposed is no longer what "${definition.id}" takes.`,
    { hint: 'Adjutant or a connector was updated meanwhile. Propose it anew.' },
  );
}

/** Returns free words of whoever proposes or decides as they are kept: masked; null for none. */
export function maskedText(
  deps: Pick<ActionDeps, 'redactorFor'>,
  workspaceId: string,
  text: string | undefined,
): string | null {
  return text === undefined ? null : deps.redactorFor(workspaceId).redact(text);
}

function maskPayload(
  given: unknown,
  { verbatimFields = [] }: AnyActionDefinition,
  redactor: TextRedactor,
): { value: unknown; masked: MaskedCount } {
  if (verbatimFields.length === 0 || typeof given !== 'object' || given === null) {
    return maskTexts(given, redactor);
  }
  const kept = Object.entries(given).filter(([name]) => verbatimFields.includes(name));
  const secrets = redactor
    .find(textsIn(Object.fromEntries(kept)).join('\n'))
    .filter(({ kind }) => kind === 'secret').length;
  if (secrets > 0) throw cannotBeMasked(null, { secrets, personalData: 0 });
  const others = Object.entries(given).filter(([name]) => !verbatimFields.includes(name));
  const { value, masked } = maskTexts(Object.fromEntries(others), redactor);
  return { value: { ...Object(value), ...Object.fromEntries(kept) }, masked };
}

/** Returns every text in a value. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** Returns in words what was masked, or would have been. */
export function maskedWords({ secrets, personalData }: MaskedCount): string {
  const words = [
    ...(secrets > 0 ? [secrets === 1 ? 'a secret' : `${secrets} secrets`] : []),
    ...(personalData > 0
      ? [`personal data${personalData > 1 ? ` (${personalData} times)` : ''}`]
      : []),
  ];
  return words.join(' and ');
}

function requireReadable(text: string): void {
  if (text.length <= longestPayload) return;
  throw new AdjutantError(
    'InvalidInput',
    `payload: ${text.length} characters, while at most ${longestPayload} can be reviewed`,
    { hint: 'Shorten it, or split it into several actions.' },
  );
}

function cannotBeMasked(error: z.ZodError | null, masked: MaskedCount): AdjutantError {
  const path = error?.issues[0]?.path.map(String).join('.') ?? '';
  const place = path === '' ? 'payload' : path;
  return new AdjutantError(
    'InvalidInput',
    `${place}: holds ${maskedWords(masked)}, which must not leave and cannot be masked there`,
    {
      hint: 'Take it out and propose it again. A real secret that stood in a text is best replaced.',
    },
  );
}

/** A member that is there without a value is not there: JSON knows no other way to say it. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, withoutUndefined(member)]),
  );
}
