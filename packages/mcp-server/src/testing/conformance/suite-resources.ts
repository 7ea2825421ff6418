import type { ReadResourceResult } from '@modelcontextprotocol/server';
import type { ServedResources } from '../../server-extension.ts';
import { pixelPng } from './samples.ts';

/** The resource that clients of the 2025 revisions may subscribe to; it never changes. */
export const watchedUri = 'test://watched-resource';
const textUri = 'test://static-text';
const binaryUri = 'test://static-binary';
const templateUri = /^test:\/\/template\/([^/]+)\/data$/;

function textContents(uri: string, text: string, mimeType = 'text/plain'): ReadResourceResult {
  return { contents: [{ uri, mimeType, text }] };
}

/** The resources of the suite. */
export const suiteResources: ServedResources = {
  list: [
    { uri: textUri, name: 'static-text', mimeType: 'text/plain' },
    { uri: binaryUri, name: 'static-binary', mimeType: 'image/png' },
    { uri: watchedUri, name: 'watched-resource', mimeType: 'text/plain' },
  ],
  templates: [
    { uriTemplate: 'test://template/{id}/data', name: 'template', mimeType: 'application/json' },
  ],
  async read(uri) {
    if (uri === textUri) return textContents(uri, 'A text that stays.');
    if (uri === watchedUri) return textContents(uri, 'A text to watch.');
    if (uri === binaryUri) {
      return { contents: [{ uri, mimeType: 'image/png', blob: pixelPng }] };
    }
    const id = templateUri.exec(uri)?.[1];
    return id === undefined ? null : textContents(uri, JSON.stringify({ id }), 'application/json');
  },
};
