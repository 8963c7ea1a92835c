-- Appointments by location: what became of those that are past, and what is booked. Deleted ones do not count.
SELECT
  locations.name AS location,
  count(*) FILTER (appointments.start_time < now()) AS past,
  count(*) FILTER (appointments.start_time < now() AND appointment_status = 'showed') AS showed,
  count(*) FILTER (appointments.start_time < now() AND appointment_status = 'noshow') AS no_show,
  count(*) FILTER (appointments.start_time < now() AND appointment_status = 'cancelled') AS cancelled,
  count(*) FILTER (appointments.start_time >= now() AND appointment_status IN ('new', 'confirmed')) AS upcoming,
  count(*) FILTER (
    appointments.start_time >= now()
    AND appointments.start_time < now() + INTERVAL 7 DAY
    AND appointment_status IN ('new', 'confirmed')
  ) AS next_7_days,
  count(*) FILTER (appointments.start_time >= now() AND appointment_status = 'cancelled') AS cancelled_ahead
FROM locations
LEFT JOIN appointments
  ON appointments.location_id = locations.location_id
  AND appointments.deleted IS NOT TRUE
GROUP BY locations.location_id, locations.name
ORDER BY location;
