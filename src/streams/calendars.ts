import {
  boolean,
  type Column,
  integer,
  list,
  named,
  number,
  object,
  text,
  textOrJson,
  timestamp,
} from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { listAt } from '../stream/selectors.ts';
import { ofLocation } from './location-requests.ts';

const meetingPlaces = (): Column => list(object({ kind: text(), location: text(), meeting_id: text() }));

const hours = (): Column =>
  list(
    object({
      open_hour: integer(),
      open_minute: integer(),
      close_hour: integer(),
      close_minute: integer(),
    }),
  );

/** https://marketplace.gohighlevel.com/docs/ghl/calendars/get-calendars */
export const calendars = defineStream({
  name: 'calendars',
  description: 'Calendars of a location that can be booked, drafts and inactive ones included.',
  scope: 'calendars.readonly',
  notes: ['HighLevel does not say when a calendar was made or changed.'],
  retrieval: {
    kind: 'list',
    endpoint: endpoint({
      version: '2021-04-15',
      request: ofLocation('/calendars/', { showDrafted: true }),
      select: listAt('calendars'),
    }),
  },
  columns: {
    name: text(),
    description: text(),
    group_id: text(),
    calendar_type: text(),
    event_type: text(),
    is_active: boolean(),
    slug: text(),
    widget_slug: text(),
    widget_type: text(),
    event_title: text(),
    event_color: text(),
    team_members: list(
      object({
        user_id: text(),
        priority: number(),
        selected: boolean(),
        is_primary: boolean(),
        is_zoom_added: boolean(),
        meeting_location_type: text(),
        meeting_location: text(),
        location_configurations: meetingPlaces(),
      }),
    ),
    meeting_location: text(),
    location_configurations: meetingPlaces(),
    slot_duration: number(),
    slot_duration_unit: text(),
    slot_interval: number(),
    slot_interval_unit: text(),
    slot_buffer: number(),
    slot_buffer_unit: text(),
    pre_buffer: number(),
    pre_buffer_unit: text(),
    appointment_per_slot: named(number(), 'appointmentPerSlot', 'appoinmentPerSlot'),
    appointment_per_day: named(number(), 'appointmentPerDay', 'appoinmentPerDay'),
    allow_booking_after: number(),
    allow_booking_after_unit: text(),
    allow_booking_for: number(),
    allow_booking_for_unit: text(),
    open_hours: list(object({ days_of_the_week: list(integer()), hours: hours() })),
    availability_type: integer(),
    availabilities: list(object({ date: timestamp(), hours: hours(), deleted: boolean() })),
    enable_recurring: boolean(),
    recurring: object({
      freq: text(),
      count: integer(),
      booking_option: text(),
      booking_overlap_default_status: text(),
    }),
    form_id: text(),
    form_submit_type: text(),
    form_submit_redirect_url: named(text(), 'formSubmitRedirectURL'),
    form_submit_thanks_message: text(),
    sticky_contact: boolean(),
    guest_type: text(),
    consent_label: text(),
    is_live_payment_mode: boolean(),
    auto_confirm: boolean(),
    allow_reschedule: boolean(),
    allow_cancellation: boolean(),
    should_assign_contact_to_team_member: boolean(),
    should_skip_assigning_contact_for_existing: boolean(),
    should_send_alert_emails_to_assigned_member: boolean(),
    alert_email: text(),
    google_invitation_emails: boolean(),
    notifications: list(
      object({
        type: text(),
        should_send_to_contact: boolean(),
        should_send_to_guest: boolean(),
        should_send_to_user: boolean(),
        should_send_to_selected_users: boolean(),
        selected_users: textOrJson(),
      }),
    ),
    look_busy_config: object({
      enabled: boolean(),
      look_busy_percentage: named(number(), 'LookBusyPercentage', 'lookBusyPercentage'),
    }),
    notes: text(),
    pixel_id: text(),
    calendar_cover_image: text(),
  },
});
