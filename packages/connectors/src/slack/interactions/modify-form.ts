import type { ActionDetail } from '@adjutant/core';
import { type Block, lines, words } from '../cards/rich-text.ts';
import { buttonValue, type ButtonBinding } from '../cards/button-value.ts';
import { standingOf } from '../cards/standing.ts';
import { type PersonalAnswer, said } from './answer-person.ts';
import { howToBeMapped } from './decide-by-press.ts';
import type { Desk } from './desk.ts';
import { choiceField, longestField, textField } from './form-fields.ts';
import { knownActor, notLinked } from './linked-viewer.ts';
import { modal, showView } from './personal-view.ts';
import { isStale, readBoundAction } from './read-bound-action.ts';
import type { SlackPress } from './read-request.ts';

export const modificationForm = {
  callbackId: 'adjutant_modify',
  title: 'Change before deciding',
} as const;

export const reasonBlock = 'reason';
const longestReason = 2_000;
/** What comes back holds all of it twice, each sign perhaps as eight. */
const longestOffered = 12_000;
const mostFields = 40;

const onThePage =
  'It does not fit into a form of Slack: change it on the page of "adjutant serve".';
const notOpened = 'Slack did not open the form. Press the button again.';

type Value = ActionDetail['payload'][string];

/** A member of a payload as a field: how it is written, and how it reads again. */
export interface PayloadField {
  blockId: string;
  name: string;
  kind: 'text' | 'flag' | 'json';
  offered: string;
  value: Value;
}

/** Returns the members of a payload as fields, in its order; the ids of the blocks tell the kinds. */
export function fieldsOf(payload: ActionDetail['payload']): PayloadField[] {
  return Object.entries(payload).map(([name, value], position) => {
    const kind = typeof value === 'string' ? 'text' : typeof value === 'boolean' ? 'flag' : 'json';
    const offered = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
    return { blockId: `${kind}_${position}`, name, kind, offered, value };
  });
}

/**
 * Opens the form with which somebody proposes the same action in other words, a field for each member
 * of the payload. Returns null, or what to say where none is opened.
 * @throws AdjutantError
 */
export async function openModification(
  desk: Desk,
  { actor, button, triggerId }: SlackPress,
): Promise<PersonalAnswer | null> {
  const who = await knownActor(desk, actor);
  if (who.known === 'nobody') return said(howToBeMapped);
  if (who.known === 'mapped') return said(notLinked);
  const handle = desk.adjutant.workspace(desk.workspaceId).as(who.viewer);
  const action = await readBoundAction(handle, button);
  if (isStale(action, button)) {
    return said(`${standingOf(action, button.revision, { withNames: true })}.`);
  }
  const metadata = buttonValue(button);
  const fields = fieldsOf(action.payload);
  if (metadata === null || !fits(fields)) return said(onThePage);
  const { callbackId, title } = modificationForm;
  const form = { callbackId, submit: 'Save as new revision', metadata };
  const view = modal(title, formBlocks(action, button, fields), form);
  const isOpen = await showView(desk, { method: 'views.open', trigger_id: triggerId }, view);
  return isOpen ? null : said(notOpened);
}

function fits(fields: readonly PayloadField[]): boolean {
  const length = fields.reduce((sum, { offered }) => sum + offered.length, 0);
  return (
    fields.length > 0 &&
    fields.length <= mostFields &&
    length <= longestOffered &&
    fields.every(({ offered }) => offered.length <= longestField)
  );
}

function formBlocks(
  action: ActionDetail,
  { revision }: ButtonBinding,
  fields: readonly PayloadField[],
): Block[] {
  return [
    lines([
      [
        words(`${action.title}, revision ${revision}. `, { bold: true }),
        words(
          'What you save becomes a new revision: facts are fetched again, policy looks again, and earlier decisions no longer count.',
        ),
      ],
    ]),
    ...fields.map(fieldBlock),
    textField({
      blockId: reasonBlock,
      label: 'Why',
      isOptional: false,
      isLong: true,
      maxLength: longestReason,
    }),
  ];
}

function fieldBlock({ blockId, name, kind, offered }: PayloadField): Block {
  if (kind === 'flag') {
    return choiceField(blockId, name, { options: ['true', 'false'], initial: offered });
  }
  return textField({
    blockId,
    label: kind === 'json' ? `${name} (JSON)` : name,
    initial: offered,
    isOptional: kind === 'text',
    isLong: true,
  });
}
