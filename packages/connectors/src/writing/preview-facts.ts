import type { PreviewFact } from '@adjutant/core';

export function plain(label: string, value: string): PreviewFact {
  return { label, value, tone: 'plain' };
}

export function warning(label: string, value: string): PreviewFact {
  return { label, value, tone: 'warning' };
}
