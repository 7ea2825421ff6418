import { type CompiledPolicy, compileClosures } from './compile-policy.ts';
import { defaultPolicyDocument } from './default-policy.ts';

let compiled: CompiledPolicy | undefined;

/** Returns what holds until a policy was read: it knows no type, so every action needs approval. */
export function unreadPolicy(): CompiledPolicy {
  compiled ??= { ...compileClosures(defaultPolicyDocument, { actionTypes: [] }), hash: 'unread' };
  return compiled;
}
