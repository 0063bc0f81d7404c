-- The 49 figures of every unit by hand: one statement for each fact table, as somebody would write them who wants speed.
SELECT substr(union_path, 1, 8) AS unit, sum(amount),
    sum(amount) FILTER (WHERE source = 'government'), sum(amount) FILTER (WHERE source = 'social'),
    sum(amount) FILTER (WHERE source = 'union')
FROM aid_contribution WHERE received_on BETWEEN '2014-01-01' AND '2014-08-31' GROUP BY 1;

SELECT substr(d.union_path, 1, 8) AS unit, sum(d.amount),
    sum(d.amount) FILTER (WHERE c.counted_stage IN ('primary', 'junior')),
    sum(d.amount) FILTER (WHERE c.counted_stage IN ('senior', 'vocational')),
    sum(d.amount) FILTER (WHERE c.counted_stage IN ('college', 'bachelor', 'postgraduate')),
    sum(d.amount) FILTER (WHERE c.counted_category = 'migrant'),
    sum(d.amount) FILTER (WHERE c.counted_category = 'migrant' AND c.counted_stage IN ('primary', 'junior')),
    sum(d.amount) FILTER (WHERE c.counted_category = 'migrant' AND c.counted_stage IN ('senior', 'vocational')),
    sum(d.amount) FILTER (WHERE c.counted_category = 'migrant'
        AND c.counted_stage IN ('college', 'bachelor', 'postgraduate')),
    sum(d.amount) FILTER (WHERE c.counted_single_mother)
FROM aid_disbursement d JOIN aid_aidcase c ON c.id = d.case_id JOIN portal_campaign k ON k.id = c.campaign_id
WHERE k.year = 2014 AND d.status = 'paid' AND d.paid_on BETWEEN '2014-01-01' AND '2014-08-31' GROUP BY 1;

SELECT substr(c.union_path, 1, 8) AS unit, count(*),
    count(*) FILTER (WHERE c.counted_stage IN ('primary', 'junior')),
    count(*) FILTER (WHERE c.counted_stage IN ('senior', 'vocational')),
    count(*) FILTER (WHERE c.counted_stage IN ('college', 'bachelor', 'postgraduate')),
    count(*) FILTER (WHERE c.counted_category = 'migrant'),
    count(*) FILTER (WHERE c.counted_category = 'migrant' AND c.counted_stage IN ('primary', 'junior')),
    count(*) FILTER (WHERE c.counted_category = 'migrant' AND c.counted_stage IN ('senior', 'vocational')),
    count(*) FILTER (WHERE c.counted_category = 'migrant'
        AND c.counted_stage IN ('college', 'bachelor', 'postgraduate')),
    count(*) FILTER (WHERE c.counted_single_mother)
FROM aid_aidcase c JOIN portal_campaign k ON k.id = c.campaign_id
WHERE k.year = 2014 AND c.status IN ('approved', 'closed') AND EXISTS (
    SELECT 1 FROM aid_disbursement d WHERE d.case_id = c.id AND d.status = 'paid'
        AND d.paid_on BETWEEN '2014-01-01' AND '2014-08-31') GROUP BY 1;

SELECT substr(union_path, 1, 8) AS unit, count(*),
    count(*) FILTER (WHERE stage IN ('primary', 'junior')),
    count(*) FILTER (WHERE stage IN ('senior', 'vocational')),
    count(*) FILTER (WHERE stage IN ('college', 'bachelor', 'postgraduate'))
FROM (SELECT DISTINCT ON (e.child_id) e.union_path, e.stage
    FROM aid_entry e JOIN aid_child c ON c.id = e.child_id JOIN aid_household h ON h.id = c.household_id
    WHERE e.entered_on BETWEEN '2014-01-01' AND '2014-08-31' AND h.filed_on <= '2014-08-31'
        AND (h.closed_on IS NULL OR h.closed_on >= '2014-01-01')
    ORDER BY e.child_id, e.entered_on DESC) latest GROUP BY 1;

SELECT substr(union_path, 1, 8) AS unit, count(DISTINCT employer), sum(posts)
FROM aid_practicepost WHERE contacted_on BETWEEN '2014-01-01' AND '2014-08-31' GROUP BY 1;

SELECT substr(g.union_path, 1, 8) AS unit, count(*),
    count(*) FILTER (WHERE graduated_on >= '2014-01-01'), count(*) FILTER (WHERE graduated_on < '2014-01-01'),
    count(*) FILTER (WHERE intention = 'self_placed'), count(*) FILTER (WHERE intention = 'needs_help'),
    count(*) FILTER (WHERE graduated_on >= '2014-01-01' AND school_location = 'local'
        AND (contract_on IS NULL OR contract_on > '2014-08-31')),
    count(*) FILTER (WHERE graduated_on < '2014-01-01' AND intention <> 'further_study'
        AND (contract_on IS NULL OR contract_on > '2014-08-31'))
FROM employment_graduate g JOIN aid_household h ON h.id = g.household_id
WHERE g.graduated_on <= '2014-12-31' AND g.registered_on <= '2014-08-31'
    AND (g.closed_on IS NULL OR g.closed_on >= '2014-01-01') AND h.filed_on <= '2014-08-31'
    AND (h.closed_on IS NULL OR h.closed_on >= '2014-01-01') GROUP BY 1;

SELECT substr(union_path, 1, 8) AS unit,
    count(*) FILTER (WHERE kind = 'internship'), count(*) FILTER (WHERE kind = 'training'),
    count(*) FILTER (WHERE kind = 'certificate'), count(*) FILTER (WHERE kind = 'startup_guidance'),
    count(*) FILTER (WHERE kind = 'startup_training'), count(*) FILTER (WHERE kind = 'microloan'),
    sum(amount) FILTER (WHERE kind = 'microloan'), count(*) FILTER (WHERE kind = 'policy'),
    count(*) FILTER (WHERE kind = 'placement'), count(*) FILTER (WHERE kind = 'job_grant'),
    sum(amount) FILTER (WHERE kind = 'job_grant')
FROM employment_assistance WHERE given_on BETWEEN '2014-01-01' AND '2014-08-31' GROUP BY 1;

SELECT substr(union_path, 1, 8) AS unit, count(*) FILTER (WHERE kind <> 'offer'),
    sum(posts) FILTER (WHERE kind <> 'offer'), sum(posts) FILTER (WHERE kind = 'offer')
FROM employment_jobevent WHERE held_on BETWEEN '2014-01-01' AND '2014-08-31' GROUP BY 1;
