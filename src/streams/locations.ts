import {
  boolean,
  type Columns,
  list,
  map,
  named,
  number,
  object,
  required,
  text,
  timestamp,
} from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';

const place = (): Columns => ({
  name: text(),
  address: text(),
  city: text(),
  state: text(),
  country: text(),
  postal_code: text(),
  website: text(),
  timezone: text(),
});

/** https://marketplace.gohighlevel.com/docs/ghl/locations/search-locations */
export const locations = defineStream({
  name: 'locations',
  description:
    'One row for each location of the sync: its profile, and whether it could be read (`access_status`), so that a skipped location shows in the warehouse.',
  scope: 'locations.readonly',
  primaryKey: ['location_id'],
  retrieval: { kind: 'directory' },
  columns: {
    location_id: required(named(text(), 'id')),
    access_status: required(named(text())),
    access_error: named(text()),
    company_id: text(),
    ...place(),
    first_name: text(),
    last_name: text(),
    email: text(),
    phone: text(),
    logo_url: text(),
    domain: text(),
    currency: text(),
    brand_id: text(),
    snapshot_id: text(),
    default_email_service: text(),
    automatic_mobile_app_invite: boolean(),
    is_agency_sub_account: boolean(),
    date_added: timestamp(),
    business: object({
      ...place(),
      logo_url: text(),
      email: text(),
    }),
    social: object({
      facebook_url: text(),
      google_plus: text(),
      linked_in: text(),
      foursquare: text(),
      twitter: text(),
      yelp: text(),
      instagram: text(),
      youtube: text(),
      pinterest: text(),
      blog_rss: text(),
      google_places_id: text(),
    }),
    settings: object({
      allow_duplicate_contact: boolean(),
      allow_duplicate_opportunity: boolean(),
      allow_facebook_name_merge: boolean(),
      disable_contact_timezone: boolean(),
      contact_unique_identifiers: list(text()),
      crm_settings: object({
        de_sync_owners: boolean(),
        sync_followers: object({ contact: boolean(), opportunity: boolean() }),
      }),
      saas_settings: object({
        saas_mode: text(),
        twilio_rebilling: object({ markup: number(), enabled: boolean() }),
      }),
    }),
    permissions: map(),
    reseller: map(),
  },
});
