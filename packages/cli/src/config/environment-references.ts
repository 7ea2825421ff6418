import { type Document, isPair, isScalar, type LineCounter, visit } from 'yaml';
import { configError, placeIn } from './config-error.ts';

const reference = /\$\{([^}]*)\}/g;
const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Names of places, not of secrets: replacing them in messages would only hide where something is. */
const harmless = /^(HOME|USERPROFILE|PWD|TMPDIR|TEMP|TMP|USER|LOGNAME|HOSTNAME|XDG_[A-Z_]+)$/;

/** Places whose variable is looked up only by whoever sends the credential, and never copied. */
const credentialPlaces: ReadonlySet<string> = new Set([
  'connectors.events.webhookSecret',
  'connectors.github.token',
  'connectors.github.webhookSecret',
  'connectors.github.writeToken',
  'connectors.github.app.privateKey',
  'connectors.jira.token',
  'connectors.jira.webhookJwtSecret',
  'connectors.jira.webhookSecret',
  'connectors.jira.writeToken',
  'connectors.pagerduty.token',
  'connectors.pagerduty.routingKey',
  'connectors.pagerduty.webhookSecret',
  'connectors.slack.approvals.signingSecret',
  'connectors.slack.signingSecret',
  'connectors.slack.token',
  'connectors.slack.writeToken',
  'gateway.oidc.clientSecret',
]);

/** Looked up by whoever needs it too, but no secret: an address that stands in rows as well. */
const accountPlaces: ReadonlySet<string> = new Set([
  'connectors.jira.email',
  'connectors.jira.writeEmail',
]);
const wholeReference = /^\$\{[^}]*\}$/;

export interface References {
  names: string[];
  /** Values that must not be printed. */
  secrets: string[];
}

/**
 * Replaces `${NAME}` in every value of a document by the environment variable. A remote address may
 * only come whole from one variable, so that a file found in somebody's folder cannot send another
 * variable along in a URL.
 * @throws AdjutantError `Configuration` naming the variable and its line
 */
export function resolveReferences(
  document: Document,
  options: { env: Readonly<Record<string, string | undefined>>; path: string; lines: LineCounter },
): References {
  const found: References = { names: [], secrets: [] };
  visit(document, {
    Scalar(key, node, ancestors) {
      const text = node.value;
      if (key === 'key' || typeof text !== 'string' || !text.includes('${')) return;
      if (credentialPlaces.has(pathOf(ancestors))) {
        const held = options.env[text.slice(2, -1)];
        if (held !== undefined && held !== '') found.secrets.push(held);
        return;
      }
      if (accountPlaces.has(pathOf(ancestors)) && wholeReference.test(text)) return;
      const place = placeIn(options.path, options.lines, node.range?.[0]);
      const resolved = text.replace(reference, (_, name: string) => {
        const value = lookUp(options.env, name, place);
        found.names.push(name);
        if (!harmless.test(name)) found.secrets.push(value);
        return value;
      });
      if (/^(libsql|https?|wss?):/i.test(resolved) && !wholeReference.test(text)) {
        throw configError(
          place,
          'a remote address mixes text and a variable.',
          'Put the whole address into one variable and write only that here.',
        );
      }
      node.value = resolved;
    },
  });
  return found;
}

function pathOf(ancestors: readonly unknown[]): string {
  const keys = ancestors.flatMap((node) =>
    isPair(node) && isScalar(node.key) ? [String(node.key.value)] : [],
  );
  return keys.join('.');
}

function lookUp(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  place: string,
): string {
  if (!variableName.test(name)) {
    throw configError(
      place,
      `"\${${name.slice(0, 60)}}" is not the name of a variable.`,
      'Write ${NAME}.',
    );
  }
  const value = env[name];
  if (value !== undefined && value !== '') return value;
  throw configError(
    place,
    `the environment variable ${name} is not set.`,
    `Set it, for example with "export ${name}=…", and try again.`,
  );
}
