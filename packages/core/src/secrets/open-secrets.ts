import { type Viewer, viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { grantOf } from '../privacy/visibility.ts';
import { secretForms } from '../redact-secrets.ts';
import { createSecrets } from './create-secrets.ts';
import type { Secrets } from './secrets.ts';
import type { SecretsOptions } from './secrets-context.ts';

export interface OpenSecretsOptions extends Omit<SecretsOptions, 'actor' | 'onValue'> {
  /** Grows with every value that is stored or read. */
  knownSecrets: string[];
}

/** Returns the secrets of a workspace for somebody who may have them. @throws AdjutantError `Permission` */
export function openSecrets(options: OpenSecretsOptions, viewer: Viewer): Secrets {
  const mayUse = grantOf(viewer, 'secrets', 'change') === 'shown';
  if (!mayUse) {
    throw new AdjutantError('Permission', 'Secrets are for administrators of the workspace only.', {
      hint: 'Ask an administrator; an assistant never gets them.',
    });
  }
  const { knownSecrets, ...rest } = options;
  const known = new Set(knownSecrets);
  const onValue = (value: string): void => {
    for (const form of secretForms(value)) {
      if (known.has(form)) continue;
      known.add(form);
      knownSecrets.push(form);
    }
  };
  return createSecrets({ ...rest, actor: viewerLabel(viewer), onValue });
}
