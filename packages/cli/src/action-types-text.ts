import type { ActionTypeView } from '@adjutant/core';
import { plainText } from '@adjutant/insights';
import { z } from 'zod';
import { exactLines } from './exact-lines.ts';
import type { Output } from './output.ts';
import { renderTable } from './table.ts';

const membersSchema = z.object({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
});

/** Returns what can be proposed here, with the fields of each payload; optional ones have a `?`. */
export function actionTypesText(types: readonly ActionTypeView[], output: Output): string {
  const rows = types.map(({ id, title, risk, payload }) => [
    plainText(id, 60),
    risk,
    plainText(title, 60),
    plainText(fieldsOf(payload).join(', '), 400),
  ]);
  const columns = [
    { title: 'type' },
    { title: 'risk' },
    { title: 'what', width: 30 },
    { title: 'payload', width: Math.max(24, output.columns - 70) },
  ];
  return [
    renderTable(output, columns, rows),
    '',
    'The risk is the least; what is found at the target may raise it. One in full: adjutant actions types <type>',
  ].join('\n');
}

/** Returns one type with the schema of its payload. */
export function actionTypeText(type: ActionTypeView, { colors, columns }: Output): string {
  const { id, title, risk, reversible, effectClass, payload } = type;
  const back = reversible ? 'can be taken back' : 'cannot be taken back';
  return [
    colors.bold(`${plainText(id, 60)}: ${plainText(title, 80)}`),
    `${risk} risk at least, ${back}, effect ${effectClass}`,
    '',
    'Payload, as JSON Schema',
    ...exactLines(JSON.stringify(payload, null, 2), columns),
    '',
    `adjutant actions propose ${plainText(id, 60)} --payload '${JSON.stringify(skeletonOf(payload))}' --key <key>`,
  ].join('\n');
}

function fieldsOf(payload: ActionTypeView['payload']): string[] {
  const { properties, required } = membersSchema.parse(payload);
  return Object.keys(properties).map((name) => (required.includes(name) ? name : `${name}?`));
}

/** A payload of the required members, each with a value to be replaced. */
function skeletonOf(payload: ActionTypeView['payload']): Record<string, unknown> {
  const { properties, required } = membersSchema.parse(payload);
  return Object.fromEntries(required.map((name) => [name, exampleOf(properties[name])]));
}

const memberSchema = z.object({
  type: z.string().optional(),
  enum: z.array(z.json()).optional(),
  const: z.json().optional(),
});

function exampleOf(member: unknown): unknown {
  const { type, enum: choices, const: only } = memberSchema.catch({}).parse(member);
  if (only !== undefined) return only;
  if (choices?.[0] !== undefined) return choices[0];
  if (type === 'integer' || type === 'number') return 1;
  if (type === 'boolean') return false;
  if (type === 'array') return [];
  if (type === 'object') return {};
  return '…';
}
