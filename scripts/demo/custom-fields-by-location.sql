-- Custom fields over all locations: their ids differ from location to location, their keys mostly do not.
WITH filled AS (
  SELECT
    location_id,
    CAST(custom_field_values ->> 'monthly_budget' AS DOUBLE) AS monthly_budget,
    custom_field_values ->> 'call_outcome' AS call_outcome
  FROM contacts
)
SELECT
  locations.name AS location,
  count(*) AS contacts,
  count(monthly_budget) AS with_budget,
  avg(monthly_budget) AS average_budget,
  max(monthly_budget) AS largest_budget,
  count(*) FILTER (call_outcome = 'Booked') AS calls_booked
FROM filled
JOIN locations USING (location_id)
GROUP BY location, location_id
ORDER BY location, location_id;
