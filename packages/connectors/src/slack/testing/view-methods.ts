import { readView, type TwinViewBody } from './block-limits.ts';
import { refusal, type TwinAnswer, type TwinCall } from './twin-call.ts';

/** Slack takes a trigger for so long. @unit milliseconds */
const triggerLivesMs = 3_000;

/** A view that stands before somebody. */
export interface TwinView {
  id: string;
  user: string;
  /** Changes with each change of the view. */
  hash: string;
  body: TwinViewBody;
}

/** What the twin's people see that nobody else sees, and the triggers that open it. */
export interface TwinViews {
  /** By id, those that were closed or replaced included. */
  modals: Map<string, TwinView>;
  /** By person. */
  homes: Map<string, TwinView>;
  triggers: Map<string, { user: string; at: number; isUsed: boolean }>;
}

export function createTwinViews(): TwinViews {
  return { modals: new Map(), homes: new Map(), triggers: new Map() };
}

export function openView(call: TwinCall): TwinAnswer {
  const { parameters, views, now } = call;
  const trigger = views.triggers.get(parameters['trigger_id'] ?? '');
  if (trigger === undefined) return refusal('invalid_trigger_id');
  if (trigger.isUsed) return refusal('exchanged_trigger_id');
  if (now - trigger.at > triggerLivesMs) return refusal('expired_trigger_id');
  const read = readView(viewIn(call));
  if ('trouble' in read) return invalid(read.trouble);
  if (read.view.type !== 'modal') return invalid('only modals are opened');
  trigger.isUsed = true;
  const id = `V${String(views.modals.size + 1).padStart(8, '0')}`;
  return shown(views.modals, { id, user: trigger.user, hash: hashOf(now, 1), body: read.view });
}

export function updateView(call: TwinCall): TwinAnswer {
  const { parameters, views } = call;
  const present = views.modals.get(parameters['view_id'] ?? '');
  if (present === undefined) return refusal('not_found');
  const hash = parameters['hash'];
  if (hash !== undefined && hash !== present.hash) return refusal('hash_conflict');
  const read = readView(viewIn(call));
  if ('trouble' in read) return invalid(read.trouble);
  return replaceView(views, present.id, read.view);
}

export function publishView(call: TwinCall): TwinAnswer {
  const { parameters, views, data, now } = call;
  const user = parameters['user_id'] ?? '';
  if (!data.users.some(({ id }) => id === user)) return invalid('user_not_found');
  const read = readView(viewIn(call));
  if ('trouble' in read) return invalid(read.trouble);
  if (read.view.type !== 'home') return invalid('only home tabs are published');
  const id = `VHOME${user}`;
  const view = { id, user, hash: hashOf(now, views.homes.size + 1), body: read.view };
  views.homes.set(user, view);
  return { ok: true, view: { id, ...view.body } };
}

/** Puts another view in the place of an open one, as an answer to a form does too. */
export function replaceView(views: TwinViews, id: string, body: TwinViewBody): TwinAnswer {
  const present = views.modals.get(id);
  if (present === undefined) return refusal('not_found');
  return shown(views.modals, { ...present, hash: `${present.hash}x`, body });
}

function shown(place: Map<string, TwinView>, view: TwinView): TwinAnswer {
  place.set(view.id, view);
  return { ok: true, view: { id: view.id, hash: view.hash, ...view.body } };
}

function viewIn({ parameters }: TwinCall): unknown {
  try {
    return JSON.parse(parameters['view'] ?? '');
  } catch {
    return null;
  }
}

function invalid(message: string): TwinAnswer {
  return refusal('invalid_arguments', { response_metadata: { messages: [`[ERROR] ${message}`] } });
}

function hashOf(now: number, count: number): string {
  return `${Math.floor(now / 1_000)}.${count}`;
}
