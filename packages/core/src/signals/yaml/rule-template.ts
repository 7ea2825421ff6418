import { replaceHidden } from '../../hidden-characters.ts';
import { dayOf } from '../../calendar/local-time.ts';
import { CelError } from '../../expressions/cel-error.ts';
import { nearestName } from '../../nearest-name.ts';
import type { SignalField } from '../signal-fields.ts';
import { spokenDuration } from './spoken-duration.ts';
import { type Subject, valueOf } from './rule-variables.ts';

/** Text with fields of a subject in it. */
export interface RuleTemplate {
  render(this: void, subject: Subject, timeZone: string): string;
  /** The fields that it names. */
  names: readonly string[];
}

type Part = string | ((subject: Subject, timeZone: string) => string);

const mostNameCharacters = 200;
const placeholder = /\{([^{}]*)\}/g;
const formats: Readonly<Record<string, readonly SignalField['unit'][]>> = {
  duration: ['hours', 'minutes', 'seconds'],
  percent: ['share'],
  day: ['instant'],
};
const hoursIn = { hours: 1, minutes: 1 / 60, seconds: 1 / 3_600 };

/**
 * Returns a sentence with fields in braces as a function of a subject. Only names, figures and words of
 * ours may stand in it: a sentence is shown as our own.
 * @throws CelError with the place in the text
 */
export function ruleTemplate(text: string, fields: readonly SignalField[]): RuleTemplate {
  const stray = text.replaceAll(placeholder, (all) => '_'.repeat(all.length)).search(/[{}]/);
  if (stray >= 0) {
    throw new CelError(
      'has a brace alone',
      stray,
      'A field is written {key} or {age_hours|duration}.',
    );
  }
  const parts: Part[] = [];
  const names = new Set<string>();
  let from = 0;
  for (const match of text.matchAll(placeholder)) {
    const [name = '', format, ...more] = (match[1] ?? '').split('|').map((part) => part.trim());
    const offset = match.index + 1;
    if (more.length > 0) throw new CelError(`has more than one "|" in {${match[1]}}`, offset);
    const field = findField(name, fields, offset);
    names.add(name);
    parts.push(text.slice(from, match.index), partOf(field, format ?? null, offset));
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  return {
    names: [...names],
    render: (subject, timeZone) =>
      parts.map((part) => (typeof part === 'string' ? part : part(subject, timeZone))).join(''),
  };
}

function findField(name: string, fields: readonly SignalField[], offset: number): SignalField {
  const field = fields.find((known) => known.name === name);
  if (field !== undefined) return field;
  const names = fields.map((known) => known.name);
  const meant = nearestName(name, names);
  const hint = meant === null ? `There are: ${names.join(', ')}.` : `Did you mean {${meant}}?`;
  throw new CelError(`names the unknown field "${name.slice(0, 60)}"`, offset, hint);
}

function partOf(field: SignalField, format: string | null, offset: number): Part {
  const { name, unit } = field;
  if (format !== null) {
    const units = Object.hasOwn(formats, format) ? formats[format] : undefined;
    if (units === undefined) {
      const hint = `There are ${Object.keys(formats).join(', ')}.`;
      throw new CelError(`has the unknown form "${format.slice(0, 60)}" of ${name}`, offset, hint);
    }
    if (!units.includes(unit)) {
      const hint = `${format} is for ${units.join(', ')}; ${name} is ${unit ?? field.type}.`;
      throw new CelError(`cannot show ${name} as ${format}`, offset, hint);
    }
  } else if (unit === 'instant') {
    throw new CelError(`shows the instant ${name} as a number`, offset, `Write {${name}|day}.`);
  }
  if (!isOurs(field)) {
    const hint = 'Name what was found with {key}. Its title stands beside the sentence anyway.';
    throw new CelError(`shows ${name}, which is text from outside`, offset, hint);
  }
  return (subject, timeZone) => shown(valueOf(subject, field), field, format, timeZone);
}

/** Whether what a field holds may stand in a sentence of ours: figures, closed lists, names of things. */
function isOurs({ name, type, values }: SignalField): boolean {
  if (type === 'double' || type === 'bool') return true;
  return values !== null || ['key', 'repository', 'due_day'].includes(name);
}

function shown(
  value: unknown,
  { unit }: SignalField,
  format: string | null,
  timeZone: string,
): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return neutral(value);
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'unknown';
  if (format === 'percent') return `${Math.round(value * 100)} %`;
  if (format === 'day') return dayOf(value, timeZone);
  if (format === 'duration') {
    const hours = unit === 'minutes' || unit === 'seconds' || unit === 'hours' ? hoursIn[unit] : 1;
    return spokenDuration(value * hours);
  }
  // Whole hours, so that a sentence stands still for a while.
  return String(unit === 'hours' ? Math.floor(value) : Math.round(value * 100) / 100);
}

/** Names of repositories come from outside, too: one line, and nothing in it that acts. */
function neutral(text: string): string {
  const line = text.slice(0, mostNameCharacters).replaceAll(/\s+/gu, ' ');
  return replaceHidden(line, () => '\uFFFD');
}
