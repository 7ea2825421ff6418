import { AdjutantError } from '../errors.ts';
import { errorWithoutSecrets } from '../redaction/secrets-only.ts';
import type { WorkspaceHandle } from '../workspace/handle.ts';
import { handleSurface } from './handle-surface.ts';
import type { Refusal } from './refusal.ts';
import { type InformationClass, visibility } from './visibility.ts';

/** Calls that are about people and nothing else, with what they are about. */
const watched: ReadonlyMap<string, InformationClass> = new Map(
  Object.entries(handleSurface).flatMap(([path, { of }]) => {
    const [about] = of;
    return about !== undefined && visibility[about].isPersonal ? [[path, about] as const] : [];
  }),
);
/** What holds calls: `audit`, and within it `reports.reminders`. */
const groups = new Set(
  Object.keys(handleSurface).flatMap((path) => [path, path.split('.')[0] ?? path]),
);

/**
 * Returns the handle with every call noted that is refused for the role of its viewer, where it is
 * about people. Which calls those are is what the surface says, so that none is forgotten. A figure
 * notes its own refusals, because only it knows whether it is one on people. What any call throws tells
 * no secret that stood in what it was asked.
 */
export function noteRefusedCalls(
  handle: WorkspaceHandle,
  note: (refusal: Refusal) => void,
): WorkspaceHandle {
  const forTeam: WorkspaceHandle['forTeam'] = (teamId) =>
    noteRefusedCalls(handle.forTeam(teamId), note);
  // Not a copy: each request makes a handle, and few use more than one part of it.
  return watching({ ...handle, forTeam }, '', note);
}

function watching<Target extends object>(
  target: Target,
  prefix: string,
  note: (refusal: Refusal) => void,
): Target {
  return new Proxy(target, {
    get(of, name) {
      const value: unknown = Reflect.get(of, name);
      if (typeof name === 'symbol') return value;
      const path = prefix === '' ? name : `${prefix}${name}`;
      if (typeof value === 'function') {
        return (...words: unknown[]): unknown =>
          noted(() => Reflect.apply(value, of, words), watched.get(path));
      }
      const isGroup = typeof value === 'object' && value !== null && groups.has(path);
      return isGroup ? watching(value, `${path}.`, note) : value;
    },
  });

  function noted(call: () => unknown, about: InformationClass | undefined): unknown {
    const tell = (error: unknown): never => {
      const isRefusal = AdjutantError.isInstance(error) && error.code === 'Permission';
      if (isRefusal && about !== undefined) note({ class: about, reason: 'role' });
      throw errorWithoutSecrets(error);
    };
    try {
      const answer = call();
      return answer instanceof Promise ? answer.catch(tell) : answer;
    } catch (error) {
      return tell(error);
    }
  }
}
