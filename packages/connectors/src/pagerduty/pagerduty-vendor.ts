import type { Vendor } from '../http/vendor.ts';

export const pagerdutyVendor: Vendor = {
  source: 'pagerduty',
  title: 'PagerDuty',
  addressHint: 'Write https://api.pagerduty.com, or https://api.eu.pagerduty.com for the EU.',
  page: 'docs/connectors/pagerduty.md',
};

/** The host that events are sent to is another one, with a credential of its own. */
export const pagerdutyEventsVendor: Vendor = {
  ...pagerdutyVendor,
  addressHint: 'Write https://events.pagerduty.com, or https://events.eu.pagerduty.com for the EU.',
};
