import { html } from '@adjutant/insights';
import { definePage } from '../define-page.ts';

/** What needs whoever looks, today. */
export const todayPage = definePage({
  path: '/',
  title: 'Today',
  role: 'member',
  hasFilters: false,
  render: async ({ person }) => ({ body: html`<h1>Good day, ${person.name}</h1>` }),
});
