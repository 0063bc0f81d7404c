-- An invented city on PostgreSQL: {units} units with {cases} aid cases between them, and the other facts in proportion.
-- Paths are those of the union tree: four characters a level.
-- Columns that came after this was written hold nothing.
DO $do$
DECLARE statement text;
BEGIN
    FOR statement IN
        SELECT format('ALTER TABLE %I ALTER COLUMN %I SET DEFAULT %L', table_name, column_name, CASE data_type
            WHEN 'boolean' THEN 'false' WHEN 'jsonb' THEN '{{}}' WHEN 'integer' THEN '0' WHEN 'smallint' THEN '0' ELSE '' END)
        FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name ~ '^(portal|aid|employment)_' AND is_nullable = 'NO'
            AND column_default IS NULL AND is_identity = 'NO'
            AND data_type IN ('boolean', 'jsonb', 'integer', 'smallint', 'text', 'bytea', 'character varying')
    LOOP
        EXECUTE statement;
    END LOOP;
END $do$;

INSERT INTO portal_union (path, depth, numchild, code, name, kind)
VALUES ('0001', 1, {units}, 'C', '市', 'city');
INSERT INTO portal_union (path, depth, numchild, code, name, kind)
SELECT '0001' || lpad(unit::text, 4, '0'), 2, 0, 'U' || unit, '单位' || unit, 'district'
FROM generate_series(1, {units}) AS unit;
INSERT INTO portal_campaign (year, starts_on, ends_on, due_on, notice_days, reviewers_needed, forms, version)
SELECT year, make_date(year, 1, 1), make_date(year, 12, 31), make_date(year, 9, 1), 5, 1, jsonb_build_object(), 1
FROM generate_series(2013, 2014) AS year;

CREATE TEMPORARY TABLE serial AS
SELECT s.n, u.id AS union_id, u.path, (s.n * 7919) % 100 AS dice,
    (SELECT id FROM portal_campaign WHERE year = 2013 + s.n % 2) AS campaign_id
FROM generate_series(1, {cases}) AS s (n) JOIN portal_union u ON u.code = 'U' || (s.n / 60 % {units} + 1);

INSERT INTO aid_person (id_number, id_hash, sex, birth_date)
SELECT '', 'hash' || n, CASE WHEN n % 2 = 0 THEN 'female' ELSE 'male' END, '1970-01-01' FROM serial;
CREATE TEMPORARY TABLE of_person AS SELECT id, substr(id_hash, 5)::int AS n FROM aid_person;

INSERT INTO aid_household (union_id, union_path, version, updated_at, number, worker_id, worker_name, worker_initials,
    worker_category, single_parent, hardship_category, cause, employer, telephone, address, bank_name, bank_card,
    bank_card_hash, filed_on, closed_on, closed_reason)
SELECT union_id, path, 1, now(), 'D' || s.n, p.id, '张三', 'ZS', 'worker', false, 'deep', '', '', '', '', '', '', '',
    date '2012-01-01' + dice * 12, CASE WHEN dice < 10 THEN date '2016-01-01' END, ''
FROM serial s JOIN of_person p USING (n);
CREATE TEMPORARY TABLE of_household AS SELECT id, substr(number, 2)::int AS n FROM aid_household;

INSERT INTO aid_child (union_id, union_path, version, updated_at, person_id, household_id, name, initials, relation,
    stage, grade, school, on_file)
SELECT union_id, path, 1, now(), p.id, h.id, '张四', 'ZS', '', 'junior', '', '', dice >= 10
FROM serial s JOIN of_person p USING (n) JOIN of_household h USING (n);
CREATE TEMPORARY TABLE of_child AS
SELECT c.id, h.n FROM aid_child c JOIN of_household h ON h.id = c.household_id;

INSERT INTO aid_entry (union_id, union_path, version, updated_at, number, child_id, stage, entered_on, school)
SELECT union_id, path, 1, now(), 'S' || s.n, c.id, (ARRAY['junior', 'senior', 'college'])[1 + s.n % 3],
    date '2013-06-01' + (s.n % 700), ''
FROM serial s JOIN of_child c USING (n) WHERE s.n % 2 = 0;

INSERT INTO aid_aidcase (union_id, union_path, version, updated_at, number, child_id, person_id, campaign_id, stage, mode,
    standard, programme, sponsor, applied_on, notice_from, notice_to, notice_place, decided_on, decision, status,
    counted_stage, counted_category, counted_single_mother)
SELECT union_id, path, 1, now(), 'A' || s.n, c.id, p.id, campaign_id, stage, 'policy', 2000, '', '', '2014-03-01',
    '2014-03-03', '2014-03-10', '', '2014-03-11', 'approved', 'approved', stage,
    CASE WHEN dice < 30 THEN 'migrant' ELSE 'worker' END, dice % 10 = 0
FROM serial s JOIN of_child c USING (n) JOIN of_person p USING (n),
    LATERAL (SELECT (ARRAY['primary', 'junior', 'senior', 'vocational', 'college', 'bachelor'])[1 + s.n % 6] AS stage) st;
CREATE TEMPORARY TABLE of_case AS SELECT id, substr(number, 2)::int AS n FROM aid_aidcase;

INSERT INTO aid_disbursement (union_id, union_path, version, updated_at, number, case_id, paid_on, amount, source, method,
    status, voucher)
SELECT union_id, path, 1, now(), 'F' || s.n, c.id, date '2013-09-01' + (s.n % 500), 1000 + dice + 0.25, 'union', 'card',
    CASE WHEN dice < 90 THEN 'paid' ELSE 'failed' END, ''
FROM serial s JOIN of_case c USING (n);

INSERT INTO aid_contribution (union_id, union_path, version, updated_at, number, received_on, source, amount,
    confirmed_amount, without_voucher, donor, voucher)
SELECT union_id, path, 1, now(), 'Z' || n, date '2013-06-01' + (n % 600),
    (ARRAY['government', 'social', 'union'])[1 + n % 3], 5000.5, 5000.5, '', '', ''
FROM serial WHERE n % 20 = 0;
INSERT INTO aid_practicepost (union_id, union_path, version, updated_at, number, contacted_on, employer, posts, description)
SELECT union_id, path, 1, now(), 'P' || n, date '2013-06-01' + (n % 600), '书店' || n % 90, n % 9, ''
FROM serial WHERE n % 10 = 0;

INSERT INTO employment_graduate (union_id, union_path, version, updated_at, person_id, household_id, name, initials,
    school, school_location, origin, degree, graduated_on, intention, contract_on, registered_on, closed_on)
SELECT union_id, path, 1, now(), p.id, h.id, '张五', 'ZW', '', CASE WHEN dice < 70 THEN 'local' ELSE 'elsewhere' END,
    'local', 'bachelor', date '2012-07-01' + 365 * (s.n % 4),
    (ARRAY['self_placed', 'needs_help', 'further_study'])[1 + s.n % 3],
    CASE WHEN dice < 40 THEN date '2014-06-01' + dice * 3 END, '2014-01-15', NULL
FROM serial s JOIN of_person p USING (n) JOIN of_household h USING (n) WHERE s.n % 5 = 0;
CREATE TEMPORARY TABLE of_graduate AS
SELECT g.id, h.n FROM employment_graduate g JOIN of_household h ON h.id = g.household_id;
INSERT INTO employment_assistance (union_id, union_path, version, updated_at, number, graduate_id, given_on, kind, amount,
    provider, note)
SELECT union_id, path, 1, now(), 'J' || s.n, g.id, date '2013-09-01' + (s.n % 500),
    (ARRAY['internship', 'training', 'certificate', 'policy', 'startup_guidance', 'startup_training', 'microloan',
        'job_grant', 'placement'])[1 + s.n / 5 % 9], 1000.75, '', ''
FROM serial s JOIN of_graduate g USING (n);
INSERT INTO employment_jobevent (union_id, union_path, version, updated_at, number, held_on, kind, title, channel, posts)
SELECT union_id, path, 1, now(), 'E' || n, date '2013-06-01' + (n % 600),
    (ARRAY['job_fair', 'other_event', 'offer'])[1 + n % 3], '招聘会', 'state_enterprise', n % 40
FROM serial WHERE n % 25 = 0;
