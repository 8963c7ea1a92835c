-- Contacts and opportunities that were deleted in HighLevel: they are in the merged table, but no longer among all ids.
-- Two guards keep what is there from being taken for deleted. Of a location that could not be read (`access_status`)
-- there are no ids. And ids that are older than the rows, because only they failed to sync, know nothing of what was made
-- since: so only rows count that are not younger than the youngest id.
SELECT
  'contacts' AS stream,
  locations.name AS location,
  contacts.location_id,
  contacts.id,
  concat_ws(' ', contacts.first_name, contacts.last_name) AS name,
  contacts.date_added AS created
FROM contacts
JOIN locations ON locations.location_id = contacts.location_id AND locations.access_status = 'ok'
JOIN (SELECT location_id, max(date_added) AS youngest FROM contact_ids GROUP BY location_id) AS ids
  ON ids.location_id = contacts.location_id AND contacts.date_added <= ids.youngest
WHERE NOT EXISTS (
  SELECT 1 FROM contact_ids WHERE contact_ids.location_id = contacts.location_id AND contact_ids.id = contacts.id
)
UNION ALL
SELECT
  'opportunities' AS stream,
  locations.name AS location,
  opportunities.location_id,
  opportunities.id,
  opportunities.name,
  opportunities.created_at AS created
FROM opportunities
JOIN locations ON locations.location_id = opportunities.location_id AND locations.access_status = 'ok'
JOIN (SELECT location_id, max(created_at) AS youngest FROM opportunity_ids GROUP BY location_id) AS ids
  ON ids.location_id = opportunities.location_id AND opportunities.created_at <= ids.youngest
WHERE NOT EXISTS (
  SELECT 1
  FROM opportunity_ids
  WHERE opportunity_ids.location_id = opportunities.location_id AND opportunity_ids.id = opportunities.id
)
ORDER BY stream, location, name, id;
