CREATE EXTENSION IF NOT EXISTS btree_gist

-- next

CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = TG_ARGV[0], CONSTRAINT = TG_ARGV[0]; END $$

-- next

CREATE TABLE agency_remittance (
	id BIGINT NOT NULL, 
	number INTEGER NOT NULL, 
	agency TEXT NOT NULL, 
	file_sha256 TEXT, 
	posted_on DATE NOT NULL, 
	posted_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	posted_by TEXT NOT NULL, 
	bank_cents BIGINT NOT NULL, 
	CONSTRAINT pk_agency_remittance PRIMARY KEY (id), 
	CONSTRAINT ck_agency_remittance_agency CHECK (length(agency) <= 120), 
	CONSTRAINT uq_agency_remittance_number UNIQUE (number), 
	CONSTRAINT uq_agency_remittance_file_sha256 UNIQUE (file_sha256)
)

-- next

CREATE TRIGGER append_only_agency_remittance_delete BEFORE DELETE ON agency_remittance FOR EACH ROW EXECUTE FUNCTION refuse('append_only_agency_remittance')

-- next

CREATE TRIGGER append_only_agency_remittance_update BEFORE UPDATE OF id, number, agency, file_sha256, posted_on, posted_at, posted_by, bank_cents ON agency_remittance FOR EACH ROW EXECUTE FUNCTION refuse('append_only_agency_remittance')

-- next

CREATE TABLE asking_rule (
	id BIGINT NOT NULL, 
	first_after_days INTEGER NOT NULL, 
	again_after_days INTEGER NOT NULL, 
	before_visit_days INTEGER NOT NULL, 
	complaints_to TEXT NOT NULL, 
	complaints_phone TEXT NOT NULL, 
	singleton INTEGER NOT NULL, 
	CONSTRAINT pk_asking_rule PRIMARY KEY (id), 
	CONSTRAINT ck_asking_rule_only_one CHECK (singleton = 1), 
	CONSTRAINT ck_asking_rule_first_after_days CHECK (first_after_days BETWEEN 1 AND 60), 
	CONSTRAINT ck_asking_rule_again_after_days CHECK (again_after_days BETWEEN 1 AND 60), 
	CONSTRAINT ck_asking_rule_before_visit_days CHECK (before_visit_days BETWEEN 0 AND 30), 
	CONSTRAINT ck_asking_rule_complaints_to_short CHECK (length(complaints_to) <= 120), 
	CONSTRAINT uq_asking_rule_singleton UNIQUE (singleton)
)

-- next

CREATE TABLE audit_part (
	entry_id BIGINT NOT NULL, 
	place INTEGER NOT NULL, 
	changes BYTEA NOT NULL, 
	CONSTRAINT pk_audit_part PRIMARY KEY (entry_id, place)
)

-- next

CREATE TRIGGER append_only_audit_part_delete BEFORE DELETE ON audit_part FOR EACH ROW EXECUTE FUNCTION refuse('append_only_audit_part')

-- next

CREATE TRIGGER append_only_audit_part_update BEFORE UPDATE OF entry_id, place, changes ON audit_part FOR EACH ROW EXECUTE FUNCTION refuse('append_only_audit_part')

-- next

CREATE TABLE audit_patient (
	entry_id BIGINT NOT NULL, 
	patient_id BIGINT NOT NULL, 
	CONSTRAINT pk_audit_patient PRIMARY KEY (entry_id, patient_id)
)

-- next

CREATE INDEX ix_audit_patient_of ON audit_patient (patient_id, entry_id)

-- next

CREATE TRIGGER append_only_audit_patient_delete BEFORE DELETE ON audit_patient FOR EACH ROW EXECUTE FUNCTION refuse('append_only_audit_patient')

-- next

CREATE TRIGGER append_only_audit_patient_update BEFORE UPDATE OF entry_id, patient_id ON audit_patient FOR EACH ROW EXECUTE FUNCTION refuse('append_only_audit_patient')

-- next

CREATE TABLE authorization_alert (
	id BIGINT NOT NULL, 
	low_at INTEGER NOT NULL, 
	days_before_end INTEGER NOT NULL, 
	chase_after_days INTEGER NOT NULL, 
	days_ahead INTEGER NOT NULL, 
	CONSTRAINT pk_authorization_alert PRIMARY KEY (id), 
	CONSTRAINT ck_authorization_alert_low_at CHECK (low_at BETWEEN 0 AND 99), 
	CONSTRAINT ck_authorization_alert_days_before_end CHECK (days_before_end BETWEEN 0 AND 365), 
	CONSTRAINT ck_authorization_alert_chase_after_days CHECK (chase_after_days BETWEEN 1 AND 90), 
	CONSTRAINT ck_authorization_alert_days_ahead CHECK (days_ahead BETWEEN 1 AND 365)
)

-- next

CREATE TABLE clearinghouse (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	receiver_number TEXT NOT NULL, 
	submitter_number TEXT NOT NULL, 
	is_test BOOLEAN NOT NULL, 
	singleton INTEGER NOT NULL, 
	CONSTRAINT pk_clearinghouse PRIMARY KEY (id), 
	CONSTRAINT ck_clearinghouse_only_one CHECK (singleton = 1), 
	CONSTRAINT ck_clearinghouse_receiver_number_length CHECK (length(receiver_number) BETWEEN 2 AND 15), 
	CONSTRAINT ck_clearinghouse_submitter_number_length CHECK (length(submitter_number) BETWEEN 2 AND 15), 
	CONSTRAINT uq_clearinghouse_singleton UNIQUE (singleton)
)

-- next

CREATE TABLE code_release (
	id BIGINT NOT NULL, 
	code_set VARCHAR(8) NOT NULL, 
	name TEXT NOT NULL, 
	effective_on DATE NOT NULL, 
	codes INTEGER NOT NULL, 
	added INTEGER NOT NULL, 
	ended INTEGER NOT NULL, 
	reworded INTEGER NOT NULL, 
	loaded_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	loaded_by TEXT NOT NULL, 
	CONSTRAINT pk_code_release PRIMARY KEY (id), 
	CONSTRAINT ck_code_release_name_there CHECK (name <> ''), 
	CONSTRAINT ck_code_release_released_set CHECK (code_set IN ('icd10cm', 'hcpcs', 'cpt', 'pos', 'modifier'))
)

-- next

CREATE INDEX ix_code_release_code_set ON code_release (code_set, effective_on)

-- next

CREATE TRIGGER append_only_code_release_delete BEFORE DELETE ON code_release FOR EACH ROW EXECUTE FUNCTION refuse('append_only_code_release')

-- next

CREATE TRIGGER append_only_code_release_update BEFORE UPDATE OF id, code_set, name, effective_on, codes, added, ended, reworded, loaded_at, loaded_by ON code_release FOR EACH ROW EXECUTE FUNCTION refuse('append_only_code_release')

-- next

CREATE TABLE code_synonym (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	said TEXT NOT NULL, 
	means TEXT NOT NULL, 
	CONSTRAINT pk_code_synonym PRIMARY KEY (id), 
	CONSTRAINT ck_code_synonym_both_sides CHECK (said <> '' AND means <> '' AND said <> means), 
	CONSTRAINT uq_code_synonym_said UNIQUE (said)
)

-- next

CREATE TABLE consent_form (
	id BIGINT NOT NULL, 
	key TEXT NOT NULL, 
	edition INTEGER NOT NULL, 
	language VARCHAR(2) NOT NULL, 
	position INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	text TEXT NOT NULL, 
	needed VARCHAR(10) NOT NULL, 
	may_be_refused BOOLEAN NOT NULL, 
	guardian_below_age INTEGER NOT NULL, 
	effective_on DATE NOT NULL, 
	signer VARCHAR(14) NOT NULL, 
	needs_witness BOOLEAN NOT NULL, 
	age_from INTEGER, 
	age_until INTEGER, 
	payer_kinds TEXT NOT NULL, 
	good_for_months INTEGER, 
	is_editorial BOOLEAN NOT NULL, 
	CONSTRAINT pk_consent_form PRIMARY KEY (id), 
	CONSTRAINT uq_consent_form_key_edition_language UNIQUE (key, edition, language), 
	CONSTRAINT ck_consent_form_edition CHECK (edition > 0), 
	CONSTRAINT ck_consent_form_guardian_below_age CHECK (guardian_below_age BETWEEN 0 AND 21), 
	CONSTRAINT ck_consent_form_text CHECK (text <> ''), 
	CONSTRAINT ck_consent_form_ages CHECK (age_from BETWEEN 0 AND 130 AND age_until BETWEEN 0 AND 130), 
	CONSTRAINT ck_consent_form_ages_in_order CHECK (age_from <= age_until), 
	CONSTRAINT ck_consent_form_good_for_months CHECK (good_for_months BETWEEN 1 AND 120), 
	CONSTRAINT ck_consent_form_first_edition_asks CHECK (NOT is_editorial OR edition > 1), 
	CONSTRAINT ck_consent_form_payer_kinds CHECK (replace(replace(replace(replace(replace(replace(replace(replace(replace(',' || payer_kinds || ',', ',commercial,', ','), ',blue,', ','), ',hmo,', ','), ',medicare,', ','), ',medicaid,', ','), ',tricare,', ','), ',workers_comp,', ','), ',auto,', ','), ',other,', ',') IN (',', ',,')), 
	CONSTRAINT ck_consent_form_needed CHECK (needed IN ('once', 'yearly', 'each_visit', 'visit_type')), 
	CONSTRAINT ck_consent_form_signer CHECK (signer IN ('patient', 'representative'))
)

-- next

CREATE TRIGGER append_only_consent_form_delete BEFORE DELETE ON consent_form FOR EACH ROW EXECUTE FUNCTION refuse('append_only_consent_form')

-- next

CREATE TRIGGER append_only_consent_form_update BEFORE UPDATE OF id, key, edition, language, position, title, text, needed, may_be_refused, guardian_below_age, effective_on, signer, needs_witness, age_from, age_until, payer_kinds, good_for_months, is_editorial ON consent_form FOR EACH ROW EXECUTE FUNCTION refuse('append_only_consent_form')

-- next

CREATE TABLE contract_rule (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	tolerance_cents BIGINT NOT NULL, 
	singleton INTEGER NOT NULL, 
	CONSTRAINT pk_contract_rule PRIMARY KEY (id), 
	CONSTRAINT ck_contract_rule_only_one CHECK (singleton = 1), 
	CONSTRAINT ck_contract_rule_tolerance CHECK (tolerance_cents BETWEEN 0 AND 10000), 
	CONSTRAINT uq_contract_rule_singleton UNIQUE (singleton)
)

-- next

CREATE TABLE day_close (
	id BIGINT NOT NULL, 
	closed_on DATE NOT NULL, 
	closed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	closed_by TEXT NOT NULL, 
	opening_cents BIGINT NOT NULL, 
	charges_cents BIGINT NOT NULL, 
	patient_payments_cents BIGINT NOT NULL, 
	payer_payments_cents BIGINT NOT NULL, 
	adjustments_cents BIGINT NOT NULL, 
	income_cents BIGINT NOT NULL, 
	refunds_cents BIGINT NOT NULL, 
	closing_cents BIGINT NOT NULL, 
	CONSTRAINT pk_day_close PRIMARY KEY (id), 
	CONSTRAINT ck_day_close_rolls_forward CHECK (closing_cents = opening_cents + charges_cents + patient_payments_cents + payer_payments_cents + adjustments_cents + income_cents + refunds_cents), 
	CONSTRAINT uq_day_close_closed_on UNIQUE (closed_on)
)

-- next

CREATE TRIGGER append_only_day_close_delete BEFORE DELETE ON day_close FOR EACH ROW EXECUTE FUNCTION refuse('append_only_day_close')

-- next

CREATE TRIGGER append_only_day_close_update BEFORE UPDATE OF id, closed_on, closed_at, closed_by, opening_cents, charges_cents, patient_payments_cents, payer_payments_cents, adjustments_cents, income_cents, refunds_cents, closing_cents ON day_close FOR EACH ROW EXECUTE FUNCTION refuse('append_only_day_close')

-- next

CREATE OR REPLACE FUNCTION differences_are_explained() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM drawer_count WHERE drawer_count.counted_on <= NEW.closed_on AND drawer_count.set_aside_at IS NULL AND (counted_cash_cents <> expected_cash_cents OR counted_check_cents <> expected_check_cents OR batch_card_cents <> expected_card_cents) AND NOT EXISTS (SELECT 1 FROM drawer_explanation WHERE drawer_explanation.drawer_count_id = drawer_count.id)) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'differences_are_explained', CONSTRAINT = 'differences_are_explained'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER differences_are_explained BEFORE INSERT ON day_close FOR EACH ROW EXECUTE FUNCTION differences_are_explained()

-- next

CREATE OR REPLACE FUNCTION day_close_in_order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM day_close AS later WHERE later.closed_on >= NEW.closed_on) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'day_close_in_order', CONSTRAINT = 'day_close_in_order'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER day_close_in_order BEFORE INSERT ON day_close FOR EACH ROW EXECUTE FUNCTION day_close_in_order()

-- next

CREATE OR REPLACE FUNCTION day_close_agrees_with_journal() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.closing_cents <> (SELECT coalesce(sum(amount_cents), 0) FROM journal_entry WHERE journal_entry.posted_on <= NEW.closed_on) OR NEW.opening_cents <> coalesce((SELECT previous.closing_cents FROM day_close AS previous ORDER BY previous.closed_on DESC LIMIT 1), 0) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'day_close_agrees_with_journal', CONSTRAINT = 'day_close_agrees_with_journal'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER day_close_agrees_with_journal BEFORE INSERT ON day_close FOR EACH ROW EXECUTE FUNCTION day_close_agrees_with_journal()

-- next

CREATE TABLE day_close_rule (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	needs_two BOOLEAN NOT NULL, 
	singleton INTEGER NOT NULL, 
	CONSTRAINT pk_day_close_rule PRIMARY KEY (id), 
	CONSTRAINT ck_day_close_rule_only_one CHECK (singleton = 1), 
	CONSTRAINT uq_day_close_rule_singleton UNIQUE (singleton)
)

-- next

CREATE TABLE diagnosis_code (
	id BIGINT NOT NULL, 
	is_billable BOOLEAN NOT NULL, 
	code TEXT NOT NULL, 
	label TEXT NOT NULL, 
	words TEXT NOT NULL, 
	successor TEXT DEFAULT '' NOT NULL, 
	effective_on DATE NOT NULL, 
	expires_on DATE, 
	CONSTRAINT pk_diagnosis_code PRIMARY KEY (id), 
	CONSTRAINT uq_diagnosis_code_code_effective_on UNIQUE (code, effective_on), 
	CONSTRAINT ck_diagnosis_code_code_without_dot CHECK (code <> '' AND code NOT LIKE '%.%'), 
	CONSTRAINT ck_diagnosis_code_ends_after_start CHECK (expires_on IS NULL OR expires_on >= effective_on)
)

-- next

CREATE TRIGGER append_only_diagnosis_code_delete BEFORE DELETE ON diagnosis_code FOR EACH ROW EXECUTE FUNCTION refuse('append_only_diagnosis_code')

-- next

CREATE TRIGGER append_only_diagnosis_code_update BEFORE UPDATE OF id, is_billable, code, label, words, effective_on ON diagnosis_code FOR EACH ROW EXECUTE FUNCTION refuse('append_only_diagnosis_code')

-- next

ALTER TABLE diagnosis_code ADD CONSTRAINT no_overlap_diagnosis_code EXCLUDE USING gist (code WITH =, daterange(effective_on, expires_on, '[]') WITH &&)

-- next

CREATE INDEX ix_diagnosis_code_words ON diagnosis_code USING gin (to_tsvector('simple', words))

-- next

CREATE TABLE document_content (
	sha256 VARCHAR(64) NOT NULL, 
	size_bytes BIGINT NOT NULL, 
	media_type VARCHAR(19) NOT NULL, 
	pages INTEGER, 
	kept_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_document_content PRIMARY KEY (sha256), 
	CONSTRAINT ck_document_content_sha256_whole CHECK (length(sha256) = 64), 
	CONSTRAINT ck_document_content_size_bytes CHECK (size_bytes > 0), 
	CONSTRAINT ck_document_content_media_type CHECK (media_type IN ('application/pdf', 'image/png', 'image/jpeg', 'image/tiff', 'text/plain', 'application/edi-x12'))
)

-- next

CREATE TRIGGER append_only_document_content_delete BEFORE DELETE ON document_content FOR EACH ROW EXECUTE FUNCTION refuse('append_only_document_content')

-- next

CREATE TRIGGER append_only_document_content_update BEFORE UPDATE OF sha256, size_bytes, media_type, pages, kept_at ON document_content FOR EACH ROW EXECUTE FUNCTION refuse('append_only_document_content')

-- next

CREATE TABLE drug_code (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	ndc TEXT NOT NULL, 
	name TEXT NOT NULL, 
	unit VARCHAR(2) NOT NULL, 
	thousandths INTEGER NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT pk_drug_code PRIMARY KEY (id), 
	CONSTRAINT uq_drug_code_code_ndc UNIQUE (code, ndc), 
	CONSTRAINT ck_drug_code_ndc_eleven CHECK (length(ndc) = 11), 
	CONSTRAINT ck_drug_code_quantity_possible CHECK (thousandths BETWEEN 1 AND 999999999), 
	CONSTRAINT ck_drug_code_drug_unit CHECK (unit IN ('UN', 'ML', 'ME', 'GR', 'F2'))
)

-- next

CREATE TABLE dunning_text (
	id BIGINT NOT NULL, 
	level INTEGER NOT NULL, 
	effective_on DATE NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_dunning_text PRIMARY KEY (id), 
	CONSTRAINT ck_dunning_text_four_levels CHECK (level BETWEEN 0 AND 3), 
	CONSTRAINT ck_dunning_text_text CHECK (trim(text) <> '' AND length(text) <= 400)
)

-- next

CREATE TRIGGER append_only_dunning_text_delete BEFORE DELETE ON dunning_text FOR EACH ROW EXECUTE FUNCTION refuse('append_only_dunning_text')

-- next

CREATE TRIGGER append_only_dunning_text_update BEFORE UPDATE OF id, level, effective_on, text ON dunning_text FOR EACH ROW EXECUTE FUNCTION refuse('append_only_dunning_text')

-- next

CREATE TABLE duplicate_sweep (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	begun_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	since_id BIGINT NOT NULL, 
	until_id BIGINT NOT NULL, 
	cursor_id BIGINT NOT NULL, 
	compared INTEGER NOT NULL, 
	found INTEGER NOT NULL, 
	finished_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_duplicate_sweep PRIMARY KEY (id)
)

-- next

CREATE TABLE eligibility_settings (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	singleton INTEGER NOT NULL, 
	days_ahead INTEGER NOT NULL, 
	eligibility_days INTEGER NOT NULL, 
	before_visit_days INTEGER, 
	benefits_days INTEGER NOT NULL, 
	benefits_renew_yearly BOOLEAN NOT NULL, 
	service_types TEXT NOT NULL, 
	outgoing_folder TEXT NOT NULL, 
	incoming_folder TEXT NOT NULL, 
	CONSTRAINT pk_eligibility_settings PRIMARY KEY (id), 
	CONSTRAINT ck_eligibility_settings_only_one CHECK (singleton = 1), 
	CONSTRAINT ck_eligibility_settings_days_ahead_range CHECK (days_ahead BETWEEN 0 AND 60), 
	CONSTRAINT ck_eligibility_settings_eligibility_days_range CHECK (eligibility_days BETWEEN 1 AND 366), 
	CONSTRAINT ck_eligibility_settings_before_visit_days_range CHECK (before_visit_days BETWEEN 0 AND 60), 
	CONSTRAINT ck_eligibility_settings_benefits_days_range CHECK (benefits_days BETWEEN 1 AND 1000), 
	CONSTRAINT uq_eligibility_settings_singleton UNIQUE (singleton)
)

-- next

CREATE TABLE estimate_rule (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	self_pay_discount_percent INTEGER NOT NULL, 
	ask_percent INTEGER NOT NULL, 
	singleton INTEGER NOT NULL, 
	CONSTRAINT pk_estimate_rule PRIMARY KEY (id), 
	CONSTRAINT ck_estimate_rule_only_one CHECK (singleton = 1), 
	CONSTRAINT ck_estimate_rule_discount CHECK (self_pay_discount_percent BETWEEN 0 AND 100), 
	CONSTRAINT ck_estimate_rule_ask CHECK (ask_percent BETWEEN 0 AND 100), 
	CONSTRAINT uq_estimate_rule_singleton UNIQUE (singleton)
)

-- next

CREATE TABLE hardship_band (
	id BIGINT NOT NULL, 
	up_to_percent INTEGER NOT NULL, 
	lower_percent INTEGER NOT NULL, 
	CONSTRAINT pk_hardship_band PRIMARY KEY (id), 
	CONSTRAINT ck_hardship_band_share_possible CHECK (up_to_percent BETWEEN 1 AND 1000), 
	CONSTRAINT ck_hardship_band_lowers_something CHECK (lower_percent BETWEEN 1 AND 100), 
	CONSTRAINT uq_hardship_band_up_to_percent UNIQUE (up_to_percent)
)

-- next

CREATE TABLE hardship_scale (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	first_cents BIGINT NOT NULL, 
	further_cents BIGINT NOT NULL, 
	set_on DATE NOT NULL, 
	singleton INTEGER NOT NULL, 
	CONSTRAINT pk_hardship_scale PRIMARY KEY (id), 
	CONSTRAINT ck_hardship_scale_only_one CHECK (singleton = 1), 
	CONSTRAINT ck_hardship_scale_first_possible CHECK (first_cents BETWEEN 100000 AND 10000000), 
	CONSTRAINT ck_hardship_scale_further_possible CHECK (further_cents BETWEEN 0 AND 5000000), 
	CONSTRAINT uq_hardship_scale_singleton UNIQUE (singleton)
)

-- next

CREATE TABLE hcpcs_code (
	id BIGINT NOT NULL, 
	code TEXT NOT NULL, 
	label TEXT NOT NULL, 
	words TEXT NOT NULL, 
	successor TEXT DEFAULT '' NOT NULL, 
	effective_on DATE NOT NULL, 
	expires_on DATE, 
	CONSTRAINT pk_hcpcs_code PRIMARY KEY (id), 
	CONSTRAINT uq_hcpcs_code_code_effective_on UNIQUE (code, effective_on), 
	CONSTRAINT ck_hcpcs_code_ends_after_start CHECK (expires_on IS NULL OR expires_on >= effective_on), 
	CONSTRAINT ck_hcpcs_code_code_there CHECK (code <> '')
)

-- next

CREATE TRIGGER append_only_hcpcs_code_delete BEFORE DELETE ON hcpcs_code FOR EACH ROW EXECUTE FUNCTION refuse('append_only_hcpcs_code')

-- next

CREATE TRIGGER append_only_hcpcs_code_update BEFORE UPDATE OF id, code, label, words, effective_on ON hcpcs_code FOR EACH ROW EXECUTE FUNCTION refuse('append_only_hcpcs_code')

-- next

ALTER TABLE hcpcs_code ADD CONSTRAINT no_overlap_hcpcs_code EXCLUDE USING gist (code WITH =, daterange(effective_on, expires_on, '[]') WITH &&)

-- next

CREATE INDEX ix_hcpcs_code_words ON hcpcs_code USING gin (to_tsvector('simple', words))

-- next

CREATE TABLE import_layout (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	header_sha256 VARCHAR(64) NOT NULL, 
	system VARCHAR(60) NOT NULL, 
	columns TEXT NOT NULL, 
	day_first BOOLEAN NOT NULL, 
	used_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_import_layout PRIMARY KEY (id), 
	CONSTRAINT ck_import_layout_header_sha256_whole CHECK (length(header_sha256) = 64), 
	CONSTRAINT ck_import_layout_names_its_system CHECK (trim(system) <> ''), 
	CONSTRAINT uq_import_layout_header_sha256 UNIQUE (header_sha256)
)

-- next

CREATE TABLE mail_server (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	singleton INTEGER NOT NULL, 
	is_on BOOLEAN NOT NULL, 
	host VARCHAR(253) NOT NULL, 
	port INTEGER NOT NULL, 
	security VARCHAR(8) NOT NULL, 
	login VARCHAR(120) NOT NULL, 
	sender_name VARCHAR(120) NOT NULL, 
	sender_address VARCHAR(254) NOT NULL, 
	CONSTRAINT pk_mail_server PRIMARY KEY (id), 
	CONSTRAINT ck_mail_server_only_one CHECK (singleton = 1), 
	CONSTRAINT ck_mail_server_host CHECK (trim(host) <> ''), 
	CONSTRAINT ck_mail_server_port CHECK (port BETWEEN 1 AND 65535), 
	CONSTRAINT ck_mail_server_sender_has_an_at CHECK (replace(sender_address, '@', '') <> sender_address), 
	CONSTRAINT uq_mail_server_singleton UNIQUE (singleton), 
	CONSTRAINT ck_mail_server_mail_security CHECK (security IN ('starttls', 'tls', 'plain'))
)

-- next

CREATE TABLE merge_rule (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	needs_two BOOLEAN NOT NULL, 
	singleton INTEGER NOT NULL, 
	CONSTRAINT pk_merge_rule PRIMARY KEY (id), 
	CONSTRAINT ck_merge_rule_only_one CHECK (singleton = 1), 
	CONSTRAINT uq_merge_rule_singleton UNIQUE (singleton)
)

-- next

CREATE TABLE missed_fee_rule (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	kind VARCHAR(11) NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	CONSTRAINT pk_missed_fee_rule PRIMARY KEY (id), 
	CONSTRAINT ck_missed_fee_rule_amount_possible CHECK (amount_cents BETWEEN 0 AND 100000), 
	CONSTRAINT uq_missed_fee_rule_kind UNIQUE (kind), 
	CONSTRAINT ck_missed_fee_rule_missed_kind CHECK (kind IN ('late_cancel', 'no_show'))
)

-- next

CREATE TABLE modifier_code (
	id BIGINT NOT NULL, 
	code TEXT NOT NULL, 
	label TEXT NOT NULL, 
	words TEXT NOT NULL, 
	successor TEXT DEFAULT '' NOT NULL, 
	effective_on DATE NOT NULL, 
	expires_on DATE, 
	CONSTRAINT pk_modifier_code PRIMARY KEY (id), 
	CONSTRAINT uq_modifier_code_code_effective_on UNIQUE (code, effective_on), 
	CONSTRAINT ck_modifier_code_ends_after_start CHECK (expires_on IS NULL OR expires_on >= effective_on), 
	CONSTRAINT ck_modifier_code_code_there CHECK (code <> '')
)

-- next

CREATE TRIGGER append_only_modifier_code_delete BEFORE DELETE ON modifier_code FOR EACH ROW EXECUTE FUNCTION refuse('append_only_modifier_code')

-- next

CREATE TRIGGER append_only_modifier_code_update BEFORE UPDATE OF id, code, label, words, effective_on ON modifier_code FOR EACH ROW EXECUTE FUNCTION refuse('append_only_modifier_code')

-- next

ALTER TABLE modifier_code ADD CONSTRAINT no_overlap_modifier_code EXCLUDE USING gist (code WITH =, daterange(effective_on, expires_on, '[]') WITH &&)

-- next

CREATE TABLE name_fragment (
	fragment VARCHAR(80) COLLATE "C" NOT NULL, 
	word VARCHAR(80) COLLATE "C" NOT NULL, 
	CONSTRAINT pk_name_fragment PRIMARY KEY (fragment, word)
)

-- next

CREATE TABLE number_sequence (
	name VARCHAR(60) NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT pk_number_sequence PRIMARY KEY (name)
)

-- next

CREATE TABLE outside_office (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	department TEXT NOT NULL, 
	attention TEXT NOT NULL, 
	phone TEXT NOT NULL, 
	fax TEXT NOT NULL, 
	email TEXT NOT NULL, 
	street TEXT NOT NULL, 
	city TEXT NOT NULL, 
	state TEXT NOT NULL, 
	zip TEXT NOT NULL, 
	note TEXT NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT pk_outside_office PRIMARY KEY (id), 
	CONSTRAINT ck_outside_office_named CHECK (trim(name) <> ''), 
	CONSTRAINT ck_outside_office_names_short CHECK (length(name) <= 120 AND length(department) <= 120), 
	CONSTRAINT ck_outside_office_note_short CHECK (length(note) <= 500)
)

-- next

CREATE UNIQUE INDEX uq_outside_office_in_use ON outside_office (name, department) WHERE is_active

-- next

CREATE TABLE paper_rule (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	single INTEGER NOT NULL, 
	keeps_paper BOOLEAN NOT NULL, 
	filing_order VARCHAR(14) NOT NULL, 
	CONSTRAINT pk_paper_rule PRIMARY KEY (id), 
	CONSTRAINT ck_paper_rule_one_row CHECK (single = 1), 
	CONSTRAINT uq_paper_rule_single UNIQUE (single), 
	CONSTRAINT ck_paper_rule_filing_order CHECK (filing_order IN ('terminal_digit', 'middle_digit', 'straight', 'alphabetic'))
)

-- next

CREATE TABLE payer (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	payer_id VARCHAR(30) NOT NULL, 
	kind VARCHAR(12) NOT NULL, 
	phone VARCHAR(20) NOT NULL, 
	street VARCHAR(120) NOT NULL, 
	city VARCHAR(80) NOT NULL, 
	state VARCHAR(2) NOT NULL, 
	postal_code VARCHAR(10) NOT NULL, 
	timely_filing_days INTEGER NOT NULL, 
	appeal_days INTEGER NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT pk_payer PRIMARY KEY (id), 
	CONSTRAINT ck_payer_named CHECK (trim(name) <> ''), 
	CONSTRAINT ck_payer_has_time_to_file CHECK (timely_filing_days > 0), 
	CONSTRAINT ck_payer_has_time_to_appeal CHECK (appeal_days > 0), 
	CONSTRAINT uq_payer_name UNIQUE (name), 
	CONSTRAINT ck_payer_payer_kind CHECK (kind IN ('commercial', 'blue', 'hmo', 'medicare', 'medicaid', 'tricare', 'workers_comp', 'auto', 'other'))
)

-- next

CREATE TABLE place_of_service (
	id BIGINT NOT NULL, 
	code TEXT NOT NULL, 
	label TEXT NOT NULL, 
	words TEXT NOT NULL, 
	successor TEXT DEFAULT '' NOT NULL, 
	effective_on DATE NOT NULL, 
	expires_on DATE, 
	CONSTRAINT pk_place_of_service PRIMARY KEY (id), 
	CONSTRAINT uq_place_of_service_code_effective_on UNIQUE (code, effective_on), 
	CONSTRAINT ck_place_of_service_ends_after_start CHECK (expires_on IS NULL OR expires_on >= effective_on), 
	CONSTRAINT ck_place_of_service_code_there CHECK (code <> '')
)

-- next

CREATE TRIGGER append_only_place_of_service_delete BEFORE DELETE ON place_of_service FOR EACH ROW EXECUTE FUNCTION refuse('append_only_place_of_service')

-- next

CREATE TRIGGER append_only_place_of_service_update BEFORE UPDATE OF id, code, label, words, effective_on ON place_of_service FOR EACH ROW EXECUTE FUNCTION refuse('append_only_place_of_service')

-- next

ALTER TABLE place_of_service ADD CONSTRAINT no_overlap_place_of_service EXCLUDE USING gist (code WITH =, daterange(effective_on, expires_on, '[]') WITH &&)

-- next

CREATE TABLE practice (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	npi VARCHAR(10) NOT NULL, 
	tax_id VARCHAR(9) NOT NULL, 
	tax_id_is_ssn BOOLEAN NOT NULL, 
	taxonomy VARCHAR(10) NOT NULL, 
	address1 VARCHAR(120) NOT NULL, 
	address2 VARCHAR(120) NOT NULL, 
	city VARCHAR(80) NOT NULL, 
	state VARCHAR(2) NOT NULL, 
	zip VARCHAR(9) NOT NULL, 
	phone VARCHAR(10) NOT NULL, 
	fax VARCHAR(10) NOT NULL, 
	email VARCHAR(120) NOT NULL, 
	zone VARCHAR(60) NOT NULL, 
	lock_after_minutes INTEGER NOT NULL, 
	singleton INTEGER NOT NULL, 
	CONSTRAINT pk_practice PRIMARY KEY (id), 
	CONSTRAINT ck_practice_only_one CHECK (singleton = 1), 
	CONSTRAINT ck_practice_npi_length CHECK (length(npi) = 10), 
	CONSTRAINT ck_practice_tax_id_length CHECK (length(tax_id) = 9), 
	CONSTRAINT ck_practice_zip_length CHECK (length(zip) IN (5, 9)), 
	CONSTRAINT ck_practice_lock_after_minutes_range CHECK (lock_after_minutes BETWEEN 1 AND 60), 
	CONSTRAINT uq_practice_singleton UNIQUE (singleton)
)

-- next

CREATE TABLE procedure_code (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	code_set VARCHAR(6) NOT NULL, 
	label TEXT NOT NULL, 
	words TEXT NOT NULL, 
	is_favourite BOOLEAN NOT NULL, 
	effective_on DATE NOT NULL, 
	expires_on DATE, 
	CONSTRAINT pk_procedure_code PRIMARY KEY (id), 
	CONSTRAINT ck_procedure_code_ends_after_start CHECK (expires_on IS NULL OR expires_on >= effective_on), 
	CONSTRAINT ck_procedure_code_code_length CHECK (length(code) BETWEEN 1 AND 10), 
	CONSTRAINT ck_procedure_code_code_set CHECK (code_set IN ('office', 'cpt', 'hcpcs'))
)

-- next

CREATE INDEX ix_procedure_code_code ON procedure_code (code)

-- next

ALTER TABLE procedure_code ADD CONSTRAINT no_overlap_procedure_code EXCLUDE USING gist (code WITH =, daterange(effective_on, expires_on, '[]') WITH &&)

-- next

CREATE TABLE quiet_hours (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	singleton INTEGER NOT NULL, 
	starts TIME WITHOUT TIME ZONE NOT NULL, 
	ends TIME WITHOUT TIME ZONE NOT NULL, 
	CONSTRAINT pk_quiet_hours PRIMARY KEY (id), 
	CONSTRAINT ck_quiet_hours_only_one CHECK (singleton = 1), 
	CONSTRAINT ck_quiet_hours_over_night CHECK (starts > ends), 
	CONSTRAINT uq_quiet_hours_singleton UNIQUE (singleton)
)

-- next

CREATE TABLE red_flag (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	question TEXT NOT NULL, 
	what_to_do TEXT NOT NULL, 
	sort_order INTEGER NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	reviewed_by VARCHAR(120) NOT NULL, 
	reviewed_on DATE, 
	CONSTRAINT pk_red_flag PRIMARY KEY (id), 
	CONSTRAINT ck_red_flag_question CHECK (length(question) BETWEEN 1 AND 200), 
	CONSTRAINT ck_red_flag_what_to_do CHECK (length(what_to_do) BETWEEN 1 AND 400), 
	CONSTRAINT ck_red_flag_reviewed_by_somebody CHECK ((reviewed_by = '') = (reviewed_on IS NULL))
)

-- next

CREATE TABLE release_fee_rule (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	fee_for VARCHAR(8) NOT NULL, 
	method VARCHAR(8) NOT NULL, 
	flat_cents BIGINT NOT NULL, 
	base_cents BIGINT NOT NULL, 
	tiers TEXT NOT NULL, 
	most_cents BIGINT NOT NULL, 
	paid_first BOOLEAN NOT NULL, 
	reviewed_by TEXT NOT NULL, 
	reviewed_on DATE, 
	CONSTRAINT pk_release_fee_rule PRIMARY KEY (id), 
	CONSTRAINT uq_release_fee_rule_fee_for UNIQUE (fee_for), 
	CONSTRAINT ck_release_fee_rule_amounts CHECK (flat_cents >= 0 AND base_cents >= 0 AND most_cents >= 0), 
	CONSTRAINT ck_release_fee_rule_reviewed CHECK ((reviewed_on IS NULL) = (trim(reviewed_by) = '')), 
	CONSTRAINT ck_release_fee_rule_fee_for CHECK (fee_for IN ('access', 'attorney', 'insurer', 'court', 'other', 'free')), 
	CONSTRAINT ck_release_fee_rule_fee_method CHECK (method IN ('none', 'flat', 'cost', 'per_page'))
)

-- next

CREATE TABLE release_rule (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	basis VARCHAR(15) NOT NULL, 
	days INTEGER NOT NULL, 
	extension_days INTEGER NOT NULL, 
	warn_days INTEGER NOT NULL, 
	needs_second_reader BOOLEAN NOT NULL, 
	reviewed_by TEXT NOT NULL, 
	reviewed_on DATE, 
	CONSTRAINT pk_release_rule PRIMARY KEY (id), 
	CONSTRAINT uq_release_rule_basis UNIQUE (basis), 
	CONSTRAINT ck_release_rule_days CHECK (days BETWEEN 1 AND 365), 
	CONSTRAINT ck_release_rule_extension_days CHECK (extension_days BETWEEN 0 AND 365), 
	CONSTRAINT ck_release_rule_warn_days CHECK (warn_days BETWEEN 0 AND 60), 
	CONSTRAINT ck_release_rule_reviewed CHECK ((reviewed_on IS NULL) = (trim(reviewed_by) = '')), 
	CONSTRAINT ck_release_rule_basis CHECK (basis IN ('access', 'authorization', 'treatment', 'payment', 'operations', 'court_order', 'subpoena', 'required_by_law', 'public_health'))
)

-- next

CREATE TABLE reminder_opt_out (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	channel VARCHAR(9) NOT NULL, 
	address VARCHAR(254) NOT NULL, 
	since_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_reminder_opt_out PRIMARY KEY (id), 
	CONSTRAINT ck_reminder_opt_out_of_messages CHECK (channel IN ('text', 'email')), 
	CONSTRAINT ck_reminder_opt_out_ends_after_start CHECK (ended_at >= since_at), 
	CONSTRAINT ck_reminder_opt_out_channel CHECK (channel IN ('phone', 'text', 'email', 'in_person', 'letter'))
)

-- next

CREATE UNIQUE INDEX uq_reminder_opt_out_stands ON reminder_opt_out (channel, address) WHERE ended_at IS NULL

-- next

CREATE TABLE reminder_rule (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	hours_before INTEGER NOT NULL, 
	not_within_hours INTEGER NOT NULL, 
	channels VARCHAR(40) NOT NULL, 
	says_preparation BOOLEAN NOT NULL, 
	if_unconfirmed BOOLEAN NOT NULL, 
	family_together BOOLEAN NOT NULL, 
	guardian_below_age INTEGER NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT pk_reminder_rule PRIMARY KEY (id), 
	CONSTRAINT ck_reminder_rule_named CHECK (trim(name) <> ''), 
	CONSTRAINT ck_reminder_rule_hours_before CHECK (hours_before BETWEEN 1 AND 720), 
	CONSTRAINT ck_reminder_rule_not_within CHECK (not_within_hours BETWEEN 0 AND hours_before), 
	CONSTRAINT ck_reminder_rule_has_a_channel CHECK (channels <> ''), 
	CONSTRAINT ck_reminder_rule_guardian_below_age CHECK (guardian_below_age BETWEEN 0 AND 21), 
	CONSTRAINT uq_reminder_rule_name UNIQUE (name)
)

-- next

CREATE TABLE reminder_template (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	channel VARCHAR(9) NOT NULL, 
	language VARCHAR(2) NOT NULL, 
	subject VARCHAR(120) NOT NULL, 
	body TEXT NOT NULL, 
	CONSTRAINT pk_reminder_template PRIMARY KEY (id), 
	CONSTRAINT uq_reminder_template_channel_language UNIQUE (channel, language), 
	CONSTRAINT ck_reminder_template_sendable CHECK (channel IN ('text', 'email', 'phone', 'letter')), 
	CONSTRAINT ck_reminder_template_says_something CHECK (trim(body) <> ''), 
	CONSTRAINT ck_reminder_template_body CHECK (length(body) <= 800), 
	CONSTRAINT ck_reminder_template_subject_of_email CHECK ((channel = 'email') = (subject <> '')), 
	CONSTRAINT ck_reminder_template_channel CHECK (channel IN ('phone', 'text', 'email', 'in_person', 'letter'))
)

-- next

CREATE TABLE required_field (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	field VARCHAR(17) NOT NULL, 
	occasion VARCHAR(11) NOT NULL, 
	is_must BOOLEAN NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT pk_required_field PRIMARY KEY (id), 
	CONSTRAINT uq_required_field_field_occasion UNIQUE (field, occasion), 
	CONSTRAINT ck_required_field_needed CHECK (field IN ('sex', 'phone', 'text_permission', 'email', 'address', 'language', 'race', 'marital_status', 'emergency_contact', 'guardian', 'employer', 'primary_care', 'pharmacy', 'photo_id')), 
	CONSTRAINT ck_required_field_occasion CHECK (occasion IN ('new_patient', 'check_in', 'minor', 'insured'))
)

-- next

CREATE TABLE role (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	key VARCHAR(40), 
	name VARCHAR(80) NOT NULL, 
	CONSTRAINT pk_role PRIMARY KEY (id), 
	CONSTRAINT uq_role_key UNIQUE (key), 
	CONSTRAINT uq_role_name UNIQUE (name)
)

-- next

CREATE TABLE site (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	zone VARCHAR(60) NOT NULL, 
	npi VARCHAR(10) NOT NULL, 
	place_of_service VARCHAR(2) NOT NULL, 
	address1 VARCHAR(120) NOT NULL, 
	address2 VARCHAR(120) NOT NULL, 
	city VARCHAR(80) NOT NULL, 
	state VARCHAR(2) NOT NULL, 
	zip VARCHAR(9) NOT NULL, 
	phone VARCHAR(10) NOT NULL, 
	is_main BOOLEAN NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT pk_site PRIMARY KEY (id), 
	CONSTRAINT ck_site_place_of_service_length CHECK (length(place_of_service) = 2), 
	CONSTRAINT ck_site_main_site_is_active CHECK (is_active OR NOT is_main)
)

-- next

CREATE UNIQUE INDEX uq_site_main ON site (is_main) WHERE is_main

-- next

CREATE UNIQUE INDEX uq_site_name ON site (name) WHERE is_active

-- next

CREATE TABLE statement_rule (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	minimum_cents BIGINT NOT NULL, 
	cycle_days INTEGER NOT NULL, 
	days_to_pay INTEGER NOT NULL, 
	small_balance_cents BIGINT NOT NULL, 
	agency TEXT NOT NULL, 
	agency_days INTEGER NOT NULL, 
	return_address TEXT NOT NULL, 
	next_look_days INTEGER NOT NULL, 
	promise_days INTEGER NOT NULL, 
	hardship_days INTEGER NOT NULL, 
	sends_email BOOLEAN NOT NULL, 
	returned_check_cents BIGINT NOT NULL, 
	singleton INTEGER NOT NULL, 
	CONSTRAINT pk_statement_rule PRIMARY KEY (id), 
	CONSTRAINT ck_statement_rule_only_one CHECK (singleton = 1), 
	CONSTRAINT ck_statement_rule_minimum CHECK (minimum_cents BETWEEN 1 AND 1000000), 
	CONSTRAINT ck_statement_rule_cycle CHECK (cycle_days BETWEEN 1 AND 365), 
	CONSTRAINT ck_statement_rule_days_to_pay CHECK (days_to_pay BETWEEN 1 AND 90), 
	CONSTRAINT ck_statement_rule_small_balance CHECK (small_balance_cents BETWEEN 0 AND 10000), 
	CONSTRAINT ck_statement_rule_agency_days CHECK (agency_days BETWEEN 30 AND 3650), 
	CONSTRAINT ck_statement_rule_next_look CHECK (next_look_days BETWEEN 1 AND 365), 
	CONSTRAINT ck_statement_rule_promise CHECK (promise_days BETWEEN 1 AND 92), 
	CONSTRAINT ck_statement_rule_hardship CHECK (hardship_days BETWEEN 1 AND 730), 
	CONSTRAINT ck_statement_rule_returned_check CHECK (returned_check_cents BETWEEN 0 AND 10000), 
	CONSTRAINT ck_statement_rule_lengths CHECK (length(agency) <= 120 AND length(return_address) <= 300), 
	CONSTRAINT uq_statement_rule_singleton UNIQUE (singleton)
)

-- next

CREATE TABLE statement_run (
	id BIGINT NOT NULL, 
	number INTEGER NOT NULL, 
	made_on DATE NOT NULL, 
	made_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	made_by TEXT NOT NULL, 
	filters TEXT NOT NULL, 
	CONSTRAINT pk_statement_run PRIMARY KEY (id), 
	CONSTRAINT uq_statement_run_number UNIQUE (number)
)

-- next

CREATE TRIGGER append_only_statement_run_delete BEFORE DELETE ON statement_run FOR EACH ROW EXECUTE FUNCTION refuse('append_only_statement_run')

-- next

CREATE TRIGGER append_only_statement_run_update BEFORE UPDATE OF id, number, made_on, made_at, made_by, filters ON statement_run FOR EACH ROW EXECUTE FUNCTION refuse('append_only_statement_run')

-- next

CREATE TABLE station (
	id BIGINT NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	audit_sequence BIGINT NOT NULL, 
	audit_hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_station PRIMARY KEY (id), 
	CONSTRAINT uq_station_name UNIQUE (name)
)

-- next

CREATE TABLE storage_box (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	vendor VARCHAR(120) NOT NULL, 
	location VARCHAR(120) NOT NULL, 
	barcode VARCHAR(40) NOT NULL, 
	place VARCHAR(9) NOT NULL, 
	since_on DATE NOT NULL, 
	CONSTRAINT pk_storage_box PRIMARY KEY (id), 
	CONSTRAINT ck_storage_box_has_a_vendor CHECK (trim(vendor) <> ''), 
	CONSTRAINT uq_storage_box_number UNIQUE (number), 
	CONSTRAINT ck_storage_box_box_place CHECK (place IN ('here', 'off_site', 'recalled', 'destroyed'))
)

-- next

CREATE TABLE text_gateway (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	singleton INTEGER NOT NULL, 
	is_on BOOLEAN NOT NULL, 
	url VARCHAR(500) NOT NULL, 
	method VARCHAR(4) NOT NULL, 
	headers TEXT NOT NULL, 
	body TEXT NOT NULL, 
	content_type VARCHAR(60) NOT NULL, 
	sender VARCHAR(20) NOT NULL, 
	id_field VARCHAR(60) NOT NULL, 
	CONSTRAINT pk_text_gateway PRIMARY KEY (id), 
	CONSTRAINT ck_text_gateway_only_one CHECK (singleton = 1), 
	CONSTRAINT ck_text_gateway_url CHECK (trim(url) <> ''), 
	CONSTRAINT ck_text_gateway_method CHECK (method IN ('POST', 'GET')), 
	CONSTRAINT uq_text_gateway_singleton UNIQUE (singleton)
)

-- next

CREATE TABLE user_account (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	login VARCHAR(60) NOT NULL, 
	initials VARCHAR(4) NOT NULL, 
	password_hash VARCHAR(200) NOT NULL, 
	password_changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	must_change_password BOOLEAN NOT NULL, 
	pin_hash VARCHAR(200), 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT pk_user_account PRIMARY KEY (id), 
	CONSTRAINT ck_user_account_login_is_lower_case CHECK (login <> '' AND login = lower(login)), 
	CONSTRAINT ck_user_account_has_a_name CHECK (name <> ''), 
	CONSTRAINT ck_user_account_password_is_hashed CHECK (password_hash LIKE '$argon2id$%'), 
	CONSTRAINT ck_user_account_pin_is_hashed CHECK (pin_hash LIKE '$argon2id$%'), 
	CONSTRAINT uq_user_account_login UNIQUE (login)
)

-- next

CREATE TABLE visit_type (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	short_name VARCHAR(20) NOT NULL, 
	minutes INTEGER, 
	arrive_early_minutes INTEGER NOT NULL, 
	preparation VARCHAR(200) NOT NULL, 
	preparation_hours INTEGER NOT NULL, 
	needs_authorization BOOLEAN NOT NULL, 
	authorization_days INTEGER NOT NULL, 
	color VARCHAR(20) NOT NULL, 
	opens_blocks TEXT NOT NULL, 
	for_new_patients BOOLEAN NOT NULL, 
	is_video BOOLEAN NOT NULL, 
	sort_order INTEGER NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT pk_visit_type PRIMARY KEY (id), 
	CONSTRAINT ck_visit_type_has_a_name CHECK (name <> ''), 
	CONSTRAINT ck_visit_type_opens_blocks CHECK (replace(replace(replace(replace(replace(',' || opens_blocks || ',', ',urgent,', ','), ',new_patient,', ','), ',procedure,', ','), ',lunch,', ','), ',charting,', ',') IN (',', ',,')), 
	CONSTRAINT ck_visit_type_minutes_in_a_day CHECK (minutes BETWEEN 5 AND 720), 
	CONSTRAINT ck_visit_type_arrive_early_minutes CHECK (arrive_early_minutes BETWEEN 0 AND 240), 
	CONSTRAINT ck_visit_type_preparation_hours CHECK (preparation_hours BETWEEN 0 AND 720), 
	CONSTRAINT ck_visit_type_authorization_days CHECK (authorization_days BETWEEN 0 AND 60)
)

-- next

CREATE UNIQUE INDEX uq_visit_type_name ON visit_type (name) WHERE is_active

-- next

CREATE TABLE waiting_goal (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	state VARCHAR(11) NOT NULL, 
	minutes INTEGER NOT NULL, 
	CONSTRAINT pk_waiting_goal PRIMARY KEY (id), 
	CONSTRAINT ck_waiting_goal_one_minute_to_four_hours CHECK (minutes BETWEEN 1 AND 240), 
	CONSTRAINT uq_waiting_goal_state UNIQUE (state), 
	CONSTRAINT ck_waiting_goal_waiting_state CHECK (state IN ('checking_in', 'ready', 'in_room', 'check_out'))
)

-- next

CREATE TABLE audit_entry (
	position BIGSERIAL NOT NULL, 
	id BIGINT NOT NULL, 
	station_id BIGINT NOT NULL, 
	sequence BIGINT NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	user_id BIGINT, 
	command VARCHAR(120) NOT NULL, 
	intent TEXT NOT NULL, 
	result TEXT NOT NULL, 
	changes TEXT NOT NULL, 
	undoes_id BIGINT, 
	previous_hash VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_audit_entry PRIMARY KEY (position), 
	CONSTRAINT uq_audit_entry_station_id_sequence UNIQUE (station_id, sequence), 
	CONSTRAINT uq_audit_entry_id UNIQUE (id), 
	CONSTRAINT fk_audit_entry_station_id FOREIGN KEY(station_id) REFERENCES station (id)
)

-- next

CREATE INDEX ix_audit_entry_at ON audit_entry (at)

-- next

CREATE INDEX ix_audit_entry_command_at ON audit_entry (command, at)

-- next

CREATE INDEX ix_audit_entry_user_id_at ON audit_entry (user_id, at)

-- next

CREATE UNIQUE INDEX uq_audit_entry_undoes_id ON audit_entry (undoes_id) WHERE undoes_id IS NOT NULL

-- next

CREATE TRIGGER append_only_audit_entry_delete BEFORE DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse('append_only_audit_entry')

-- next

CREATE TRIGGER append_only_audit_entry_update BEFORE UPDATE OF position, id, station_id, sequence, at, user_id, command, intent, result, changes, undoes_id, previous_hash, hash ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse('append_only_audit_entry')

-- next

CREATE TABLE box_move (
	id BIGINT NOT NULL, 
	box_id BIGINT NOT NULL, 
	kind VARCHAR(10) NOT NULL, 
	place VARCHAR(9) NOT NULL, 
	moved_on DATE NOT NULL, 
	note TEXT NOT NULL, 
	moved_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	moved_by VARCHAR(120) NOT NULL, 
	moved_by_id BIGINT, 
	CONSTRAINT pk_box_move PRIMARY KEY (id), 
	CONSTRAINT fk_box_move_box_id FOREIGN KEY(box_id) REFERENCES storage_box (id), 
	CONSTRAINT ck_box_move_box_move_kind CHECK (kind IN ('packed', 'sent', 'recalled', 'came_back', 'taken_back', 'destroyed')), 
	CONSTRAINT ck_box_move_box_place CHECK (place IN ('here', 'off_site', 'recalled', 'destroyed')), 
	CONSTRAINT fk_box_move_moved_by_id FOREIGN KEY(moved_by_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_box_move_box_id ON box_move (box_id)

-- next

CREATE TRIGGER append_only_box_move_delete BEFORE DELETE ON box_move FOR EACH ROW EXECUTE FUNCTION refuse('append_only_box_move')

-- next

CREATE TRIGGER append_only_box_move_update BEFORE UPDATE OF id, box_id, kind, place, moved_on, note, moved_at, moved_by, moved_by_id ON box_move FOR EACH ROW EXECUTE FUNCTION refuse('append_only_box_move')

-- next

CREATE TABLE cash_drawer (
	id BIGINT NOT NULL, 
	name TEXT NOT NULL, 
	station_id BIGINT, 
	float_cents BIGINT NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT pk_cash_drawer PRIMARY KEY (id), 
	CONSTRAINT ck_cash_drawer_float_possible CHECK (float_cents >= 0 AND float_cents < 1000000000), 
	CONSTRAINT uq_cash_drawer_name UNIQUE (name), 
	CONSTRAINT uq_cash_drawer_station_id UNIQUE (station_id), 
	CONSTRAINT fk_cash_drawer_station_id FOREIGN KEY(station_id) REFERENCES station (id)
)

-- next

CREATE TABLE claim_answer_file (
	id BIGINT NOT NULL, 
	received_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	received_by TEXT NOT NULL, 
	kinds TEXT NOT NULL, 
	answers INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_claim_answer_file PRIMARY KEY (id), 
	CONSTRAINT uq_claim_answer_file_sha256 UNIQUE (sha256), 
	CONSTRAINT fk_claim_answer_file_sha256 FOREIGN KEY(sha256) REFERENCES document_content (sha256)
)

-- next

CREATE INDEX ix_claim_answer_file_received_at ON claim_answer_file (received_at)

-- next

CREATE TRIGGER append_only_claim_answer_file_delete BEFORE DELETE ON claim_answer_file FOR EACH ROW EXECUTE FUNCTION refuse('append_only_claim_answer_file')

-- next

CREATE TRIGGER append_only_claim_answer_file_update BEFORE UPDATE OF id, received_at, received_by, kinds, answers, sha256 ON claim_answer_file FOR EACH ROW EXECUTE FUNCTION refuse('append_only_claim_answer_file')

-- next

CREATE TABLE claim_batch (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	channel VARCHAR(5) NOT NULL, 
	receiver TEXT NOT NULL, 
	receiver_number TEXT NOT NULL, 
	control_number INTEGER NOT NULL, 
	state VARCHAR(9) NOT NULL, 
	made_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	sent_at TIMESTAMP WITH TIME ZONE, 
	claims INTEGER NOT NULL, 
	charge_cents BIGINT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	sent_despite TEXT NOT NULL, 
	made_anew_id BIGINT, 
	CONSTRAINT pk_claim_batch PRIMARY KEY (id), 
	CONSTRAINT ck_claim_batch_holds_claims CHECK (claims > 0 AND charge_cents > 0), 
	CONSTRAINT ck_claim_batch_sent_has_time CHECK (state <> 'sent' OR sent_at IS NOT NULL), 
	CONSTRAINT ck_claim_batch_sent_despite_something CHECK (sent_despite = '' OR state = 'sent'), 
	CONSTRAINT ck_claim_batch_only_dissolved_is_made_anew CHECK (made_anew_id IS NULL OR state = 'dissolved'), 
	CONSTRAINT uq_claim_batch_number UNIQUE (number), 
	CONSTRAINT ck_claim_batch_channel CHECK (channel IN ('file', 'paper')), 
	CONSTRAINT uq_claim_batch_control_number UNIQUE (control_number), 
	CONSTRAINT ck_claim_batch_batch_state CHECK (state IN ('made', 'sent', 'dissolved')), 
	CONSTRAINT fk_claim_batch_sha256 FOREIGN KEY(sha256) REFERENCES document_content (sha256), 
	CONSTRAINT uq_claim_batch_made_anew_id UNIQUE (made_anew_id), 
	CONSTRAINT fk_claim_batch_made_anew_id FOREIGN KEY(made_anew_id) REFERENCES claim_batch (id)
)

-- next

CREATE TRIGGER append_only_claim_batch_delete BEFORE DELETE ON claim_batch FOR EACH ROW EXECUTE FUNCTION refuse('append_only_claim_batch')

-- next

CREATE TRIGGER append_only_claim_batch_update BEFORE UPDATE OF id, number, channel, receiver, receiver_number, control_number, made_at, claims, charge_cents, sha256 ON claim_batch FOR EACH ROW EXECUTE FUNCTION refuse('append_only_claim_batch')

-- next

CREATE TABLE claim_inquiry_batch (
	id BIGINT NOT NULL, 
	number INTEGER NOT NULL, 
	receiver TEXT NOT NULL, 
	made_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	made_by TEXT NOT NULL, 
	questions INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_claim_inquiry_batch PRIMARY KEY (id), 
	CONSTRAINT uq_claim_inquiry_batch_number UNIQUE (number), 
	CONSTRAINT fk_claim_inquiry_batch_sha256 FOREIGN KEY(sha256) REFERENCES document_content (sha256)
)

-- next

CREATE INDEX ix_claim_inquiry_batch_made_at ON claim_inquiry_batch (made_at)

-- next

CREATE TRIGGER append_only_claim_inquiry_batch_delete BEFORE DELETE ON claim_inquiry_batch FOR EACH ROW EXECUTE FUNCTION refuse('append_only_claim_inquiry_batch')

-- next

CREATE TRIGGER append_only_claim_inquiry_batch_update BEFORE UPDATE OF id, number, receiver, made_at, made_by, questions, sha256 ON claim_inquiry_batch FOR EACH ROW EXECUTE FUNCTION refuse('append_only_claim_inquiry_batch')

-- next

CREATE TABLE closed_day_sheet (
	id BIGINT NOT NULL, 
	day_close_id BIGINT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_closed_day_sheet PRIMARY KEY (id), 
	CONSTRAINT uq_closed_day_sheet_day_close_id UNIQUE (day_close_id), 
	CONSTRAINT fk_closed_day_sheet_day_close_id FOREIGN KEY(day_close_id) REFERENCES day_close (id), 
	CONSTRAINT fk_closed_day_sheet_sha256 FOREIGN KEY(sha256) REFERENCES document_content (sha256)
)

-- next

CREATE TRIGGER append_only_closed_day_sheet_delete BEFORE DELETE ON closed_day_sheet FOR EACH ROW EXECUTE FUNCTION refuse('append_only_closed_day_sheet')

-- next

CREATE TRIGGER append_only_closed_day_sheet_update BEFORE UPDATE OF id, day_close_id, sha256 ON closed_day_sheet FOR EACH ROW EXECUTE FUNCTION refuse('append_only_closed_day_sheet')

-- next

CREATE TABLE code_rule (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	codes TEXT NOT NULL, 
	payer_id BIGINT, 
	diagnoses TEXT NOT NULL, 
	other_codes TEXT NOT NULL, 
	days INTEGER, 
	note TEXT NOT NULL, 
	source TEXT NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT pk_code_rule PRIMARY KEY (id), 
	CONSTRAINT ck_code_rule_names_codes CHECK (trim(codes) <> ''), 
	CONSTRAINT ck_code_rule_codes_short CHECK (length(codes) <= 400 AND length(other_codes) <= 400), 
	CONSTRAINT ck_code_rule_words_short CHECK (length(note) <= 200 AND length(source) <= 120), 
	CONSTRAINT ck_code_rule_diagnoses_where_asked CHECK ((kind = 'diagnosis') = (diagnoses <> '')), 
	CONSTRAINT ck_code_rule_others_where_asked CHECK ((kind = 'not_with') = (other_codes <> '')), 
	CONSTRAINT ck_code_rule_days_where_asked CHECK ((kind = 'interval') = (days IS NOT NULL)), 
	CONSTRAINT ck_code_rule_days_possible CHECK (days BETWEEN 1 AND 3660), 
	CONSTRAINT ck_code_rule_code_rule_kind CHECK (kind IN ('diagnosis', 'interval', 'not_with', 'ndc', 'referring', 'ordering', 'authorization', 'practice_number', 'provider_number', 'site_number', 'referring_number')), 
	CONSTRAINT fk_code_rule_payer_id FOREIGN KEY(payer_id) REFERENCES payer (id)
)

-- next

CREATE INDEX ix_code_rule_payer_id ON code_rule (payer_id)

-- next

CREATE TABLE consent_form_draft (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	key TEXT NOT NULL, 
	state VARCHAR(9) NOT NULL, 
	body TEXT NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by_id BIGINT, 
	CONSTRAINT pk_consent_form_draft PRIMARY KEY (id), 
	CONSTRAINT ck_consent_form_draft_key CHECK (key <> ''), 
	CONSTRAINT ck_consent_form_draft_draft_state CHECK (state IN ('open', 'published', 'discarded')), 
	CONSTRAINT fk_consent_form_draft_changed_by_id FOREIGN KEY(changed_by_id) REFERENCES user_account (id)
)

-- next

CREATE UNIQUE INDEX uq_consent_form_draft_open ON consent_form_draft (key) WHERE state = 'open'

-- next

CREATE TABLE consent_form_payer (
	id BIGINT NOT NULL, 
	form_id BIGINT NOT NULL, 
	payer_id BIGINT NOT NULL, 
	CONSTRAINT pk_consent_form_payer PRIMARY KEY (id), 
	CONSTRAINT uq_consent_form_payer_form_id_payer_id UNIQUE (form_id, payer_id), 
	CONSTRAINT fk_consent_form_payer_form_id FOREIGN KEY(form_id) REFERENCES consent_form (id), 
	CONSTRAINT fk_consent_form_payer_payer_id FOREIGN KEY(payer_id) REFERENCES payer (id)
)

-- next

CREATE INDEX ix_consent_form_payer_payer_id ON consent_form_payer (payer_id)

-- next

CREATE TRIGGER append_only_consent_form_payer_delete BEFORE DELETE ON consent_form_payer FOR EACH ROW EXECUTE FUNCTION refuse('append_only_consent_form_payer')

-- next

CREATE TRIGGER append_only_consent_form_payer_update BEFORE UPDATE OF id, form_id, payer_id ON consent_form_payer FOR EACH ROW EXECUTE FUNCTION refuse('append_only_consent_form_payer')

-- next

CREATE TABLE consent_form_use (
	id BIGINT NOT NULL, 
	key TEXT NOT NULL, 
	is_in_use BOOLEAN NOT NULL, 
	since DATE NOT NULL, 
	noted_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	noted_by_id BIGINT, 
	CONSTRAINT pk_consent_form_use PRIMARY KEY (id), 
	CONSTRAINT ck_consent_form_use_key CHECK (key <> ''), 
	CONSTRAINT fk_consent_form_use_noted_by_id FOREIGN KEY(noted_by_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_consent_form_use_key ON consent_form_use (key)

-- next

CREATE TRIGGER append_only_consent_form_use_delete BEFORE DELETE ON consent_form_use FOR EACH ROW EXECUTE FUNCTION refuse('append_only_consent_form_use')

-- next

CREATE TRIGGER append_only_consent_form_use_update BEFORE UPDATE OF id, key, is_in_use, since, noted_at, noted_by_id ON consent_form_use FOR EACH ROW EXECUTE FUNCTION refuse('append_only_consent_form_use')

-- next

CREATE TABLE consent_question (
	id BIGINT NOT NULL, 
	form_id BIGINT NOT NULL, 
	position INTEGER NOT NULL, 
	words TEXT NOT NULL, 
	kind VARCHAR(6) NOT NULL, 
	is_required BOOLEAN NOT NULL, 
	CONSTRAINT pk_consent_question PRIMARY KEY (id), 
	CONSTRAINT uq_consent_question_form_id_position UNIQUE (form_id, position), 
	CONSTRAINT ck_consent_question_position CHECK (position > 0), 
	CONSTRAINT ck_consent_question_words CHECK (trim(words) <> ''), 
	CONSTRAINT fk_consent_question_form_id FOREIGN KEY(form_id) REFERENCES consent_form (id), 
	CONSTRAINT ck_consent_question_answer_kind CHECK (kind IN ('yes_no', 'text'))
)

-- next

CREATE TRIGGER append_only_consent_question_delete BEFORE DELETE ON consent_question FOR EACH ROW EXECUTE FUNCTION refuse('append_only_consent_question')

-- next

CREATE TRIGGER append_only_consent_question_update BEFORE UPDATE OF id, form_id, position, words, kind, is_required ON consent_question FOR EACH ROW EXECUTE FUNCTION refuse('append_only_consent_question')

-- next

CREATE TABLE content_text (
	sha256 VARCHAR(64) NOT NULL, 
	state VARCHAR(7) NOT NULL, 
	text TEXT NOT NULL, 
	is_cut BOOLEAN NOT NULL, 
	read_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_content_text PRIMARY KEY (sha256), 
	CONSTRAINT ck_content_text_text_where_read CHECK (state = 'text' OR text = ''), 
	CONSTRAINT fk_content_text_sha256 FOREIGN KEY(sha256) REFERENCES document_content (sha256), 
	CONSTRAINT ck_content_text_text_state CHECK (state IN ('pending', 'text', 'no_text', 'failed', 'erased'))
)

-- next

CREATE INDEX ix_content_text_pending ON content_text (sha256) WHERE state = 'pending'

-- next

CREATE TABLE day_note (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	day DATE NOT NULL, 
	text TEXT NOT NULL, 
	written_by VARCHAR(120) NOT NULL, 
	user_id BIGINT, 
	written_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_day_note PRIMARY KEY (id), 
	CONSTRAINT ck_day_note_text CHECK (length(text) BETWEEN 1 AND 500), 
	CONSTRAINT fk_day_note_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)

-- next

CREATE UNIQUE INDEX uq_day_note_day ON day_note (day) WHERE ended_at IS NULL

-- next

CREATE TRIGGER append_only_day_note_delete BEFORE DELETE ON day_note FOR EACH ROW EXECUTE FUNCTION refuse('append_only_day_note')

-- next

CREATE TRIGGER append_only_day_note_update BEFORE UPDATE OF id, day, text, written_by, user_id, written_at ON day_note FOR EACH ROW EXECUTE FUNCTION refuse('append_only_day_note')

-- next

CREATE TABLE day_signature (
	id BIGINT NOT NULL, 
	signed_for DATE NOT NULL, 
	signed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	signed_by TEXT NOT NULL, 
	user_id BIGINT, 
	closing_cents BIGINT NOT NULL, 
	CONSTRAINT pk_day_signature PRIMARY KEY (id), 
	CONSTRAINT fk_day_signature_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_day_signature_signed_for ON day_signature (signed_for)

-- next

CREATE TRIGGER append_only_day_signature_delete BEFORE DELETE ON day_signature FOR EACH ROW EXECUTE FUNCTION refuse('append_only_day_signature')

-- next

CREATE TRIGGER append_only_day_signature_update BEFORE UPDATE OF id, signed_for, signed_at, signed_by, user_id, closing_cents ON day_signature FOR EACH ROW EXECUTE FUNCTION refuse('append_only_day_signature')

-- next

CREATE TABLE deposit_rule (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	visit_type_id BIGINT NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	self_pay_only BOOLEAN NOT NULL, 
	CONSTRAINT pk_deposit_rule PRIMARY KEY (id), 
	CONSTRAINT ck_deposit_rule_amount_possible CHECK (amount_cents BETWEEN 0 AND 1000000), 
	CONSTRAINT uq_deposit_rule_visit_type_id UNIQUE (visit_type_id), 
	CONSTRAINT fk_deposit_rule_visit_type_id FOREIGN KEY(visit_type_id) REFERENCES visit_type (id)
)

-- next

CREATE TABLE disposal_run (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	state VARCHAR(13) NOT NULL, 
	collected_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	collected_by_id BIGINT, 
	collected_by TEXT NOT NULL, 
	first_approved_at TIMESTAMP WITH TIME ZONE, 
	first_approved_by_id BIGINT, 
	first_approved_by TEXT NOT NULL, 
	second_approved_at TIMESTAMP WITH TIME ZONE, 
	second_approved_by_id BIGINT, 
	second_approved_by TEXT NOT NULL, 
	method TEXT NOT NULL, 
	vendor TEXT NOT NULL, 
	witness TEXT NOT NULL, 
	done_at TIMESTAMP WITH TIME ZONE, 
	done_by_id BIGINT, 
	done_by TEXT NOT NULL, 
	called_off_because TEXT NOT NULL, 
	certificate_sha256 VARCHAR(64), 
	CONSTRAINT pk_disposal_run PRIMARY KEY (id), 
	CONSTRAINT ck_disposal_run_two_people CHECK (second_approved_at IS NULL OR first_approved_by <> second_approved_by OR coalesce(first_approved_by_id, 0) <> coalesce(second_approved_by_id, 0)), 
	CONSTRAINT ck_disposal_run_approved_by_two CHECK (state NOT IN ('approved', 'done') OR (first_approved_at IS NOT NULL AND second_approved_at IS NOT NULL)), 
	CONSTRAINT ck_disposal_run_certified CHECK ((state = 'done') = (done_at IS NOT NULL AND certificate_sha256 IS NOT NULL)), 
	CONSTRAINT ck_disposal_run_called_off_because CHECK ((state = 'called_off') = (called_off_because <> '')), 
	CONSTRAINT uq_disposal_run_number UNIQUE (number), 
	CONSTRAINT ck_disposal_run_run_state CHECK (state IN ('review', 'approved_once', 'approved', 'done', 'called_off')), 
	CONSTRAINT fk_disposal_run_collected_by_id FOREIGN KEY(collected_by_id) REFERENCES user_account (id), 
	CONSTRAINT fk_disposal_run_first_approved_by_id FOREIGN KEY(first_approved_by_id) REFERENCES user_account (id), 
	CONSTRAINT fk_disposal_run_second_approved_by_id FOREIGN KEY(second_approved_by_id) REFERENCES user_account (id), 
	CONSTRAINT fk_disposal_run_done_by_id FOREIGN KEY(done_by_id) REFERENCES user_account (id), 
	CONSTRAINT fk_disposal_run_certificate_sha256 FOREIGN KEY(certificate_sha256) REFERENCES document_content (sha256)
)

-- next

CREATE TRIGGER disposal_run_done BEFORE UPDATE ON disposal_run FOR EACH ROW WHEN (OLD.state = 'done') EXECUTE FUNCTION refuse('disposal_run_is_done')

-- next

CREATE TRIGGER disposal_run_kept BEFORE DELETE ON disposal_run FOR EACH ROW EXECUTE FUNCTION refuse('disposal_run_is_done')

-- next

CREATE TABLE document_chunk (
	sha256 VARCHAR(64) NOT NULL, 
	position INTEGER NOT NULL, 
	bytes BYTEA NOT NULL, 
	CONSTRAINT pk_document_chunk PRIMARY KEY (sha256, position), 
	CONSTRAINT ck_document_chunk_position CHECK (position >= 0), 
	CONSTRAINT ck_document_chunk_bytes CHECK (length(bytes) > 0), 
	CONSTRAINT fk_document_chunk_sha256 FOREIGN KEY(sha256) REFERENCES document_content (sha256)
)

-- next

CREATE TRIGGER append_only_document_chunk_update BEFORE UPDATE ON document_chunk FOR EACH ROW EXECUTE FUNCTION refuse('append_only_document_chunk')

-- next

CREATE OR REPLACE FUNCTION append_only_document_chunk_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT EXISTS (SELECT 1 FROM document_erasure WHERE document_erasure.sha256 = OLD.sha256) OR EXISTS (SELECT 1 FROM document_key WHERE document_key.sha256 = OLD.sha256) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_document_chunk', CONSTRAINT = 'append_only_document_chunk'; END IF; RETURN OLD; END $$

-- next

CREATE TRIGGER append_only_document_chunk_delete BEFORE DELETE ON document_chunk FOR EACH ROW EXECUTE FUNCTION append_only_document_chunk_delete()

-- next

ALTER TABLE document_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL

-- next

CREATE TABLE document_erasure (
	id BIGINT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	generation INTEGER NOT NULL, 
	erased_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	erased_by_id BIGINT, 
	reason TEXT NOT NULL, 
	run_id BIGINT, 
	CONSTRAINT pk_document_erasure PRIMARY KEY (id), 
	CONSTRAINT uq_document_erasure_sha256_generation UNIQUE (sha256, generation), 
	CONSTRAINT ck_document_erasure_reason CHECK (reason <> ''), 
	CONSTRAINT fk_document_erasure_sha256 FOREIGN KEY(sha256) REFERENCES document_content (sha256), 
	CONSTRAINT fk_document_erasure_erased_by_id FOREIGN KEY(erased_by_id) REFERENCES user_account (id)
)

-- next

CREATE TRIGGER append_only_document_erasure_delete BEFORE DELETE ON document_erasure FOR EACH ROW EXECUTE FUNCTION refuse('append_only_document_erasure')

-- next

CREATE TRIGGER append_only_document_erasure_update BEFORE UPDATE OF id, sha256, generation, erased_at, erased_by_id, reason, run_id ON document_erasure FOR EACH ROW EXECUTE FUNCTION refuse('append_only_document_erasure')

-- next

CREATE OR REPLACE FUNCTION document_erasure_generation() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM document_key WHERE document_key.sha256 = NEW.sha256 AND document_key.generation <> NEW.generation) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'document_erasure_generation', CONSTRAINT = 'document_erasure_generation'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER document_erasure_generation BEFORE INSERT ON document_erasure FOR EACH ROW EXECUTE FUNCTION document_erasure_generation()

-- next

CREATE OR REPLACE FUNCTION document_erasure_takes_key() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM document_key WHERE document_key.sha256 = NEW.sha256; RETURN NULL; END $$

-- next

CREATE TRIGGER document_erasure_takes_key AFTER INSERT ON document_erasure FOR EACH ROW EXECUTE FUNCTION document_erasure_takes_key()

-- next

CREATE TABLE document_key (
	sha256 VARCHAR(64) NOT NULL, 
	generation INTEGER NOT NULL, 
	key BYTEA NOT NULL, 
	CONSTRAINT pk_document_key PRIMARY KEY (sha256), 
	CONSTRAINT ck_document_key_key CHECK (length(key) = 32), 
	CONSTRAINT ck_document_key_generation CHECK (generation >= 0), 
	CONSTRAINT fk_document_key_sha256 FOREIGN KEY(sha256) REFERENCES document_content (sha256)
)

-- next

CREATE TRIGGER append_only_document_key_update BEFORE UPDATE ON document_key FOR EACH ROW EXECUTE FUNCTION refuse('append_only_document_key')

-- next

CREATE OR REPLACE FUNCTION append_only_document_key_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT EXISTS (SELECT 1 FROM document_erasure WHERE document_erasure.sha256 = OLD.sha256 AND document_erasure.generation = OLD.generation) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_document_key', CONSTRAINT = 'append_only_document_key'; END IF; RETURN OLD; END $$

-- next

CREATE TRIGGER append_only_document_key_delete BEFORE DELETE ON document_key FOR EACH ROW EXECUTE FUNCTION append_only_document_key_delete()

-- next

CREATE OR REPLACE FUNCTION document_key_erased() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM document_erasure WHERE document_erasure.sha256 = NEW.sha256 AND document_erasure.generation >= NEW.generation) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'document_key_erased', CONSTRAINT = 'document_key_erased'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER document_key_erased BEFORE INSERT ON document_key FOR EACH ROW EXECUTE FUNCTION document_key_erased()

-- next

CREATE TABLE eligibility_batch (
	id BIGINT NOT NULL, 
	number INTEGER NOT NULL, 
	receiver TEXT NOT NULL, 
	made_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	made_by VARCHAR(120) NOT NULL, 
	inquiries INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_eligibility_batch PRIMARY KEY (id), 
	CONSTRAINT uq_eligibility_batch_number UNIQUE (number), 
	CONSTRAINT fk_eligibility_batch_sha256 FOREIGN KEY(sha256) REFERENCES document_content (sha256)
)

-- next

CREATE INDEX ix_eligibility_batch_made_at ON eligibility_batch (made_at)

-- next

CREATE TRIGGER append_only_eligibility_batch_delete BEFORE DELETE ON eligibility_batch FOR EACH ROW EXECUTE FUNCTION refuse('append_only_eligibility_batch')

-- next

CREATE TRIGGER append_only_eligibility_batch_update BEFORE UPDATE OF id, number, receiver, made_at, made_by, inquiries, sha256 ON eligibility_batch FOR EACH ROW EXECUTE FUNCTION refuse('append_only_eligibility_batch')

-- next

CREATE TABLE eligibility_file (
	id BIGINT NOT NULL, 
	received_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	received_by VARCHAR(120) NOT NULL, 
	answers INTEGER NOT NULL, 
	note TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_eligibility_file PRIMARY KEY (id), 
	CONSTRAINT uq_eligibility_file_sha256 UNIQUE (sha256), 
	CONSTRAINT fk_eligibility_file_sha256 FOREIGN KEY(sha256) REFERENCES document_content (sha256)
)

-- next

CREATE INDEX ix_eligibility_file_received_at ON eligibility_file (received_at)

-- next

CREATE TRIGGER append_only_eligibility_file_delete BEFORE DELETE ON eligibility_file FOR EACH ROW EXECUTE FUNCTION refuse('append_only_eligibility_file')

-- next

CREATE TRIGGER append_only_eligibility_file_update BEFORE UPDATE OF id, received_at, received_by, answers, note, sha256 ON eligibility_file FOR EACH ROW EXECUTE FUNCTION refuse('append_only_eligibility_file')

-- next

CREATE TABLE expected_code (
	id BIGINT NOT NULL, 
	visit_type_id BIGINT NOT NULL, 
	code VARCHAR(7) NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT pk_expected_code PRIMARY KEY (id), 
	CONSTRAINT ck_expected_code_code CHECK (code <> ''), 
	CONSTRAINT uq_expected_code_visit_type_id_code UNIQUE (visit_type_id, code), 
	CONSTRAINT fk_expected_code_visit_type_id FOREIGN KEY(visit_type_id) REFERENCES visit_type (id)
)

-- next

CREATE TABLE fee_schedule (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	payer_id BIGINT, 
	is_contract BOOLEAN NOT NULL, 
	base_id BIGINT, 
	percent_tenths INTEGER, 
	effective_on DATE NOT NULL, 
	expires_on DATE, 
	CONSTRAINT pk_fee_schedule PRIMARY KEY (id), 
	CONSTRAINT ck_fee_schedule_ends_after_start CHECK (expires_on IS NULL OR expires_on >= effective_on), 
	CONSTRAINT ck_fee_schedule_contract_has_payer CHECK (payer_id IS NOT NULL OR NOT is_contract), 
	CONSTRAINT ck_fee_schedule_share_of_a_list CHECK ((base_id IS NULL) = (percent_tenths IS NULL)), 
	CONSTRAINT ck_fee_schedule_contract_rests_on CHECK (base_id IS NULL OR (is_contract AND base_id <> id)), 
	CONSTRAINT ck_fee_schedule_percent CHECK (percent_tenths BETWEEN 1 AND 10000), 
	CONSTRAINT uq_fee_schedule_name UNIQUE (name), 
	CONSTRAINT fk_fee_schedule_payer_id FOREIGN KEY(payer_id) REFERENCES payer (id), 
	CONSTRAINT fk_fee_schedule_base_id FOREIGN KEY(base_id) REFERENCES fee_schedule (id)
)

-- next

CREATE INDEX ix_fee_schedule_payer_id ON fee_schedule (payer_id)

-- next

CREATE TABLE holiday (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	"on" DATE NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	site_id BIGINT, 
	CONSTRAINT pk_holiday PRIMARY KEY (id), 
	CONSTRAINT fk_holiday_site_id FOREIGN KEY(site_id) REFERENCES site (id)
)

-- next

CREATE INDEX ix_holiday_on ON holiday ("on")

-- next

CREATE INDEX ix_holiday_site_id ON holiday (site_id)

-- next

CREATE UNIQUE INDEX uq_holiday_practice ON holiday ("on") WHERE site_id IS NULL

-- next

CREATE UNIQUE INDEX uq_holiday_site ON holiday ("on", site_id)

-- next

CREATE TABLE laboratory (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	site_id BIGINT NOT NULL, 
	number TEXT NOT NULL, 
	certificate VARCHAR(10) NOT NULL, 
	valid_until DATE NOT NULL, 
	CONSTRAINT pk_laboratory PRIMARY KEY (id), 
	CONSTRAINT ck_laboratory_number_shape CHECK (length(number) = 10 AND substr(number, 3, 1) = 'D'), 
	CONSTRAINT uq_laboratory_site_id UNIQUE (site_id), 
	CONSTRAINT fk_laboratory_site_id FOREIGN KEY(site_id) REFERENCES site (id), 
	CONSTRAINT ck_laboratory_certificate CHECK (certificate IN ('waiver', 'microscopy', 'full'))
)

-- next

CREATE TABLE named_view (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	key_number INTEGER, 
	book_view VARCHAR(9) NOT NULL, 
	site_id BIGINT, 
	only_status VARCHAR(20) NOT NULL, 
	unconfirmed_only BOOLEAN NOT NULL, 
	needs_work BOOLEAN NOT NULL, 
	is_shared BOOLEAN NOT NULL, 
	user_id BIGINT, 
	kept_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	withdrawn_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_named_view PRIMARY KEY (id), 
	CONSTRAINT ck_named_view_name CHECK (length(name) BETWEEN 1 AND 40), 
	CONSTRAINT ck_named_view_key_number CHECK (key_number BETWEEN 1 AND 8), 
	CONSTRAINT ck_named_view_book_view CHECK (book_view IN ('schedule', 'week', 'month', 'resources', 'list')), 
	CONSTRAINT fk_named_view_site_id FOREIGN KEY(site_id) REFERENCES site (id), 
	CONSTRAINT fk_named_view_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)

-- next

CREATE UNIQUE INDEX uq_named_view_own_key ON named_view (user_id, key_number) WHERE NOT is_shared AND withdrawn_at IS NULL

-- next

CREATE UNIQUE INDEX uq_named_view_shared_key ON named_view (key_number) WHERE is_shared AND withdrawn_at IS NULL

-- next

CREATE TRIGGER append_only_named_view_delete BEFORE DELETE ON named_view FOR EACH ROW EXECUTE FUNCTION refuse('append_only_named_view')

-- next

CREATE TRIGGER append_only_named_view_update BEFORE UPDATE OF id, book_view, site_id, only_status, unconfirmed_only, needs_work, is_shared, user_id, kept_at ON named_view FOR EACH ROW EXECUTE FUNCTION refuse('append_only_named_view')

-- next

CREATE TABLE paper_payer (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	payer_id BIGINT NOT NULL, 
	form VARCHAR(5) NOT NULL, 
	right_hundredths INTEGER NOT NULL, 
	down_hundredths INTEGER NOT NULL, 
	CONSTRAINT pk_paper_payer PRIMARY KEY (id), 
	CONSTRAINT ck_paper_payer_half_an_inch_at_most CHECK (abs(right_hundredths) <= 50 AND abs(down_hundredths) <= 50), 
	CONSTRAINT uq_paper_payer_payer_id UNIQUE (payer_id), 
	CONSTRAINT fk_paper_payer_payer_id FOREIGN KEY(payer_id) REFERENCES payer (id), 
	CONSTRAINT ck_paper_payer_paper_form CHECK (form IN ('red', 'plain'))
)

-- next

CREATE TABLE parked_work (
	id BIGINT NOT NULL, 
	user_id BIGINT, 
	page VARCHAR(60) NOT NULL, 
	title TEXT NOT NULL, 
	content TEXT NOT NULL, 
	parked_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	taken_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_parked_work PRIMARY KEY (id), 
	CONSTRAINT ck_parked_work_title CHECK (title <> '' AND length(title) <= 300), 
	CONSTRAINT ck_parked_work_content CHECK (length(content) <= 100000), 
	CONSTRAINT ck_parked_work_emptied_when_taken CHECK ((content = '') = (taken_at IS NOT NULL)), 
	CONSTRAINT fk_parked_work_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_parked_work_waiting ON parked_work (user_id, parked_at) WHERE taken_at IS NULL

-- next

CREATE TRIGGER append_only_parked_work_delete BEFORE DELETE ON parked_work FOR EACH ROW EXECUTE FUNCTION refuse('append_only_parked_work')

-- next

CREATE TRIGGER append_only_parked_work_update BEFORE UPDATE OF id, user_id, page, title, parked_at ON parked_work FOR EACH ROW EXECUTE FUNCTION refuse('append_only_parked_work')

-- next

CREATE TABLE plan (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	payer_id BIGINT NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	copay_cents BIGINT, 
	needs_referral BOOLEAN NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT pk_plan PRIMARY KEY (id), 
	CONSTRAINT uq_plan_payer_id_name UNIQUE (payer_id, name), 
	CONSTRAINT ck_plan_named CHECK (trim(name) <> ''), 
	CONSTRAINT ck_plan_copay_not_negative CHECK (copay_cents >= 0), 
	CONSTRAINT fk_plan_payer_id FOREIGN KEY(payer_id) REFERENCES payer (id)
)

-- next

CREATE TABLE recall_rule (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	visit_type_id BIGINT NOT NULL, 
	months INTEGER NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT pk_recall_rule PRIMARY KEY (id), 
	CONSTRAINT ck_recall_rule_months CHECK (months BETWEEN 1 AND 120), 
	CONSTRAINT uq_recall_rule_visit_type_id UNIQUE (visit_type_id), 
	CONSTRAINT fk_recall_rule_visit_type_id FOREIGN KEY(visit_type_id) REFERENCES visit_type (id)
)

-- next

CREATE TABLE reminder_type_off (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	rule_id BIGINT NOT NULL, 
	visit_type_id BIGINT NOT NULL, 
	is_off BOOLEAN NOT NULL, 
	CONSTRAINT pk_reminder_type_off PRIMARY KEY (id), 
	CONSTRAINT uq_reminder_type_off_rule_id_visit_type_id UNIQUE (rule_id, visit_type_id), 
	CONSTRAINT fk_reminder_type_off_rule_id FOREIGN KEY(rule_id) REFERENCES reminder_rule (id), 
	CONSTRAINT fk_reminder_type_off_visit_type_id FOREIGN KEY(visit_type_id) REFERENCES visit_type (id)
)

-- next

CREATE TABLE remittance_auto_post (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	payer_id BIGINT NOT NULL, 
	level VARCHAR(8) NOT NULL, 
	CONSTRAINT pk_remittance_auto_post PRIMARY KEY (id), 
	CONSTRAINT fk_remittance_auto_post_payer_id FOREIGN KEY(payer_id) REFERENCES payer (id), 
	CONSTRAINT ck_remittance_auto_post_auto_post_level CHECK (level IN ('never', 'clean', 'policy', 'open_too'))
)

-- next

CREATE UNIQUE INDEX uq_remittance_auto_post_payer_id ON remittance_auto_post (payer_id)

-- next

CREATE TABLE remittance_policy (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	payer_id BIGINT, 
	payer_key BIGINT NOT NULL, 
	group_code TEXT NOT NULL, 
	reason_code TEXT NOT NULL, 
	remark TEXT NOT NULL, 
	treatment VARCHAR(9) NOT NULL, 
	starts_on DATE NOT NULL, 
	ends_on DATE, 
	stands BOOLEAN NOT NULL, 
	CONSTRAINT pk_remittance_policy PRIMARY KEY (id), 
	CONSTRAINT ck_remittance_policy_payer_key CHECK (payer_key = coalesce(payer_id, 0)), 
	CONSTRAINT ck_remittance_policy_group CHECK (group_code IN ('CO', 'PR', 'OA', 'PI')), 
	CONSTRAINT ck_remittance_policy_reason CHECK (reason_code <> '' AND length(reason_code) <= 5), 
	CONSTRAINT ck_remittance_policy_remark CHECK (length(remark) <= 5), 
	CONSTRAINT ck_remittance_policy_ends_after_start CHECK (ends_on IS NULL OR ends_on >= starts_on), 
	CONSTRAINT ck_remittance_policy_share_is_not_written_off CHECK (treatment <> 'contract' OR group_code <> 'PR'), 
	CONSTRAINT ck_remittance_policy_giving_up_is_no_rule CHECK (treatment <> 'write_off'), 
	CONSTRAINT ck_remittance_policy_contract_is_not_billed_to_patient CHECK (treatment <> 'patient' OR group_code IN ('PR', 'OA')), 
	CONSTRAINT fk_remittance_policy_payer_id FOREIGN KEY(payer_id) REFERENCES payer (id), 
	CONSTRAINT ck_remittance_policy_treatment CHECK (treatment IN ('contract', 'patient', 'prior', 'account', 'write_off', 'open'))
)

-- next

CREATE INDEX ix_remittance_policy_payer_id ON remittance_policy (payer_id)

-- next

ALTER TABLE remittance_policy ADD CONSTRAINT no_overlap_remittance_policy EXCLUDE USING gist (payer_key WITH =, group_code WITH =, reason_code WITH =, remark WITH =, daterange(starts_on, ends_on, '[]') WITH &&) WHERE (stands)

-- next

CREATE TRIGGER append_only_remittance_policy_delete BEFORE DELETE ON remittance_policy FOR EACH ROW EXECUTE FUNCTION refuse('append_only_remittance_policy')

-- next

CREATE TRIGGER append_only_remittance_policy_update BEFORE UPDATE OF id, payer_id, payer_key, group_code, reason_code, remark, treatment, starts_on ON remittance_policy FOR EACH ROW EXECUTE FUNCTION refuse('append_only_remittance_policy')

-- next

CREATE TABLE resource (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	site_id BIGINT NOT NULL, 
	sort_order INTEGER NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT pk_resource PRIMARY KEY (id), 
	CONSTRAINT ck_resource_has_a_name CHECK (name <> ''), 
	CONSTRAINT ck_resource_resource_kind CHECK (kind IN ('provider', 'room', 'device', 'staff')), 
	CONSTRAINT fk_resource_site_id FOREIGN KEY(site_id) REFERENCES site (id)
)

-- next

CREATE INDEX ix_resource_site_id ON resource (site_id)

-- next

CREATE UNIQUE INDEX uq_resource_name ON resource (site_id, kind, name) WHERE is_active

-- next

CREATE TABLE retention_rule (
	id BIGINT NOT NULL, 
	key VARCHAR(60) NOT NULL, 
	edition INTEGER NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	retention_class VARCHAR(11) NOT NULL, 
	sensitivity VARCHAR(13), 
	trigger VARCHAR(13) NOT NULL, 
	years INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	needs_counsel BOOLEAN NOT NULL, 
	is_ended BOOLEAN NOT NULL, 
	effective_on DATE NOT NULL, 
	reason TEXT NOT NULL, 
	written_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	written_by_id BIGINT, 
	CONSTRAINT pk_retention_rule PRIMARY KEY (id), 
	CONSTRAINT uq_retention_rule_key_edition UNIQUE (key, edition), 
	CONSTRAINT ck_retention_rule_edition CHECK (edition > 0), 
	CONSTRAINT ck_retention_rule_years CHECK (years BETWEEN 0 AND 100), 
	CONSTRAINT ck_retention_rule_named CHECK (trim(name) <> ''), 
	CONSTRAINT ck_retention_rule_retention_class CHECK (retention_class IN ('medical', 'paper_chart', 'consent', 'identity', 'claim', 'disclosure', 'permanent')), 
	CONSTRAINT ck_retention_rule_sensitivity CHECK (sensitivity IN ('ordinary', 'mental_health', 'substance_use', 'hiv', 'reproductive', 'genetic', 'psychotherapy')), 
	CONSTRAINT ck_retention_rule_trigger CHECK (trigger IN ('document_date', 'last_visit', 'majority', 'death', 'coverage_end', 'never')), 
	CONSTRAINT fk_retention_rule_written_by_id FOREIGN KEY(written_by_id) REFERENCES user_account (id)
)

-- next

CREATE TRIGGER append_only_retention_rule_delete BEFORE DELETE ON retention_rule FOR EACH ROW EXECUTE FUNCTION refuse('append_only_retention_rule')

-- next

CREATE TRIGGER append_only_retention_rule_update BEFORE UPDATE OF id, key, edition, name, retention_class, sensitivity, trigger, years, source, needs_counsel, is_ended, effective_on, reason, written_at, written_by_id ON retention_rule FOR EACH ROW EXECUTE FUNCTION refuse('append_only_retention_rule')

-- next

CREATE TABLE role_permission (
	id BIGINT NOT NULL, 
	role_id BIGINT NOT NULL, 
	permission VARCHAR(80) NOT NULL, 
	CONSTRAINT pk_role_permission PRIMARY KEY (id), 
	CONSTRAINT uq_role_permission_role_id_permission UNIQUE (role_id, permission), 
	CONSTRAINT fk_role_permission_role_id FOREIGN KEY(role_id) REFERENCES role (id)
)

-- next

CREATE TABLE rule_override (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	rule TEXT NOT NULL, 
	payer_id BIGINT, 
	weight VARCHAR(5) NOT NULL, 
	reason TEXT NOT NULL, 
	from_on DATE NOT NULL, 
	until_on DATE NOT NULL, 
	set_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	set_by TEXT NOT NULL, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	ended_by TEXT NOT NULL, 
	CONSTRAINT pk_rule_override PRIMARY KEY (id), 
	CONSTRAINT ck_rule_override_ends_after_start CHECK (until_on >= from_on), 
	CONSTRAINT ck_rule_override_says_why CHECK (length(trim(reason)) BETWEEN 1 AND 200), 
	CONSTRAINT ck_rule_override_ended_by_somebody CHECK ((ended_at IS NULL) = (ended_by = '')), 
	CONSTRAINT fk_rule_override_payer_id FOREIGN KEY(payer_id) REFERENCES payer (id), 
	CONSTRAINT ck_rule_override_weight CHECK (weight IN ('block', 'warn', 'info', 'off'))
)

-- next

CREATE INDEX ix_rule_override_payer_id ON rule_override (payer_id)

-- next

CREATE INDEX ix_rule_override_until_on ON rule_override (until_on)

-- next

CREATE TRIGGER append_only_rule_override_delete BEFORE DELETE ON rule_override FOR EACH ROW EXECUTE FUNCTION refuse('append_only_rule_override')

-- next

CREATE TRIGGER append_only_rule_override_update BEFORE UPDATE OF id, rule, payer_id, weight, reason, from_on, until_on, set_at, set_by ON rule_override FOR EACH ROW EXECUTE FUNCTION refuse('append_only_rule_override')

-- next

ALTER TABLE rule_override ADD CONSTRAINT rule_override_ends CHECK (until_on - from_on <= 366)

-- next

CREATE TABLE sign_in_attempt (
	id BIGINT NOT NULL, 
	user_id BIGINT, 
	station_id BIGINT NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	office_day DATE NOT NULL, 
	way VARCHAR(8) NOT NULL, 
	outcome VARCHAR(8) NOT NULL, 
	CONSTRAINT pk_sign_in_attempt PRIMARY KEY (id), 
	CONSTRAINT fk_sign_in_attempt_user_id FOREIGN KEY(user_id) REFERENCES user_account (id), 
	CONSTRAINT fk_sign_in_attempt_station_id FOREIGN KEY(station_id) REFERENCES station (id), 
	CONSTRAINT ck_sign_in_attempt_sign_in_way CHECK (way IN ('password', 'pin')), 
	CONSTRAINT ck_sign_in_attempt_sign_in_outcome CHECK (outcome IN ('accepted', 'refused'))
)

-- next

CREATE INDEX ix_sign_in_attempt_station ON sign_in_attempt (station_id, at)

-- next

CREATE INDEX ix_sign_in_attempt_user ON sign_in_attempt (user_id, at)

-- next

CREATE TRIGGER append_only_sign_in_attempt_delete BEFORE DELETE ON sign_in_attempt FOR EACH ROW EXECUTE FUNCTION refuse('append_only_sign_in_attempt')

-- next

CREATE TRIGGER append_only_sign_in_attempt_update BEFORE UPDATE OF id, user_id, station_id, at, office_day, way, outcome ON sign_in_attempt FOR EACH ROW EXECUTE FUNCTION refuse('append_only_sign_in_attempt')

-- next

CREATE TABLE user_role (
	id BIGINT NOT NULL, 
	user_id BIGINT NOT NULL, 
	role_id BIGINT NOT NULL, 
	valid_from DATE NOT NULL, 
	valid_until DATE, 
	withdrawn_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_user_role PRIMARY KEY (id), 
	CONSTRAINT ck_user_role_ends_after_it_starts CHECK (valid_until >= valid_from), 
	CONSTRAINT fk_user_role_user_id FOREIGN KEY(user_id) REFERENCES user_account (id), 
	CONSTRAINT fk_user_role_role_id FOREIGN KEY(role_id) REFERENCES role (id)
)

-- next

CREATE INDEX ix_user_role_role_id ON user_role (role_id)

-- next

CREATE INDEX ix_user_role_user_id ON user_role (user_id)

-- next

CREATE TABLE visit_length (
	visit_type_id BIGINT NOT NULL, 
	provider_id BIGINT NOT NULL, 
	visits INTEGER NOT NULL, 
	usual_percent INTEGER NOT NULL, 
	long_percent INTEGER NOT NULL, 
	CONSTRAINT pk_visit_length PRIMARY KEY (visit_type_id, provider_id), 
	CONSTRAINT ck_visit_length_visits CHECK (visits >= 0), 
	CONSTRAINT ck_visit_length_usual_before_long CHECK (usual_percent BETWEEN 0 AND long_percent), 
	CONSTRAINT fk_visit_length_visit_type_id FOREIGN KEY(visit_type_id) REFERENCES visit_type (id)
)

-- next

CREATE TABLE visit_type_form (
	id BIGINT NOT NULL, 
	visit_type_id BIGINT NOT NULL, 
	form_key TEXT NOT NULL, 
	CONSTRAINT pk_visit_type_form PRIMARY KEY (id), 
	CONSTRAINT ck_visit_type_form_form_key CHECK (form_key <> ''), 
	CONSTRAINT uq_visit_type_form_visit_type_id_form_key UNIQUE (visit_type_id, form_key), 
	CONSTRAINT fk_visit_type_form_visit_type_id FOREIGN KEY(visit_type_id) REFERENCES visit_type (id)
)

-- next

CREATE TABLE visit_type_phase (
	id BIGINT NOT NULL, 
	visit_type_id BIGINT NOT NULL, 
	kind VARCHAR(11) NOT NULL, 
	role VARCHAR(8) NOT NULL, 
	wanted VARCHAR(60) NOT NULL, 
	offset_minutes INTEGER NOT NULL, 
	minutes INTEGER NOT NULL, 
	CONSTRAINT pk_visit_type_phase PRIMARY KEY (id), 
	CONSTRAINT ck_visit_type_phase_offset CHECK (offset_minutes BETWEEN 0 AND 720), 
	CONSTRAINT ck_visit_type_phase_length CHECK (minutes BETWEEN 1 AND 720), 
	CONSTRAINT ck_visit_type_phase_wants_a_kind CHECK ((role = 'provider') = (wanted = '')), 
	CONSTRAINT fk_visit_type_phase_visit_type_id FOREIGN KEY(visit_type_id) REFERENCES visit_type (id), 
	CONSTRAINT ck_visit_type_phase_phase_kind CHECK (kind IN ('preparation', 'procedure', 'recovery', 'cleaning')), 
	CONSTRAINT ck_visit_type_phase_role CHECK (role IN ('provider', 'room', 'device', 'staff'))
)

-- next

CREATE INDEX ix_visit_type_phase_visit_type_id ON visit_type_phase (visit_type_id)

-- next

CREATE TABLE watch_folder (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	station_id BIGINT NOT NULL, 
	path TEXT NOT NULL, 
	afterwards VARCHAR(6) NOT NULL, 
	source TEXT NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT pk_watch_folder PRIMARY KEY (id), 
	CONSTRAINT ck_watch_folder_path CHECK (length(path) BETWEEN 1 AND 400), 
	CONSTRAINT ck_watch_folder_source CHECK (length(source) <= 120), 
	CONSTRAINT uq_watch_folder_station_id UNIQUE (station_id), 
	CONSTRAINT fk_watch_folder_station_id FOREIGN KEY(station_id) REFERENCES station (id), 
	CONSTRAINT ck_watch_folder_afterwards CHECK (afterwards IN ('move', 'remove'))
)

-- next

CREATE TABLE device (
	version INTEGER NOT NULL, 
	id BIGINT NOT NULL, 
	device_kind VARCHAR(60) NOT NULL, 
	serial_number VARCHAR(60) NOT NULL, 
	CONSTRAINT pk_device PRIMARY KEY (id), 
	CONSTRAINT ck_device_has_a_kind CHECK (device_kind <> ''), 
	CONSTRAINT fk_device_id FOREIGN KEY(id) REFERENCES resource (id)
)

-- next

CREATE INDEX ix_device_device_kind ON device (device_kind)

-- next

CREATE TABLE drawer_count (
	id BIGINT NOT NULL, 
	drawer_id BIGINT NOT NULL, 
	counted_on DATE NOT NULL, 
	counted_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	counted_by TEXT NOT NULL, 
	denominations TEXT NOT NULL, 
	float_cents BIGINT NOT NULL, 
	expected_cash_cents BIGINT NOT NULL, 
	counted_cash_cents BIGINT NOT NULL, 
	over_short_cents BIGINT NOT NULL, 
	expected_check_cents BIGINT NOT NULL, 
	counted_check_cents BIGINT NOT NULL, 
	expected_card_cents BIGINT NOT NULL, 
	batch_card_cents BIGINT NOT NULL, 
	set_aside_at TIMESTAMP WITH TIME ZONE, 
	set_aside_by TEXT NOT NULL, 
	set_aside_because TEXT NOT NULL, 
	CONSTRAINT pk_drawer_count PRIMARY KEY (id), 
	CONSTRAINT ck_drawer_count_difference_is_so CHECK (over_short_cents = counted_cash_cents - expected_cash_cents + counted_check_cents - expected_check_cents + batch_card_cents - expected_card_cents), 
	CONSTRAINT ck_drawer_count_set_aside_with_reason CHECK ((set_aside_at IS NULL) = (set_aside_because = '') AND (set_aside_at IS NULL) = (set_aside_by = '')), 
	CONSTRAINT ck_drawer_count_nothing_negative_counted CHECK (counted_cash_cents >= 0 AND counted_check_cents >= 0), 
	CONSTRAINT fk_drawer_count_drawer_id FOREIGN KEY(drawer_id) REFERENCES cash_drawer (id)
)

-- next

CREATE UNIQUE INDEX uq_drawer_count_standing ON drawer_count (drawer_id, counted_on) WHERE set_aside_at IS NULL

-- next

CREATE TRIGGER append_only_drawer_count_delete BEFORE DELETE ON drawer_count FOR EACH ROW EXECUTE FUNCTION refuse('append_only_drawer_count')

-- next

CREATE TRIGGER append_only_drawer_count_update BEFORE UPDATE OF id, drawer_id, counted_on, counted_at, counted_by, denominations, float_cents, expected_cash_cents, counted_cash_cents, over_short_cents, expected_check_cents, counted_check_cents, expected_card_cents, batch_card_cents ON drawer_count FOR EACH ROW EXECUTE FUNCTION refuse('append_only_drawer_count')

-- next

CREATE OR REPLACE FUNCTION count_of_sealed_day() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM day_close WHERE day_close.closed_on >= NEW.counted_on) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'count_of_sealed_day', CONSTRAINT = 'count_of_sealed_day'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER count_of_sealed_day BEFORE INSERT ON drawer_count FOR EACH ROW EXECUTE FUNCTION count_of_sealed_day()

-- next

CREATE OR REPLACE FUNCTION count_is_settled() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF OLD.set_aside_at IS NOT NULL OR EXISTS (SELECT 1 FROM day_close WHERE day_close.closed_on >= OLD.counted_on) OR EXISTS (SELECT 1 FROM drawer_count AS later WHERE later.drawer_id = OLD.drawer_id AND later.counted_on > OLD.counted_on AND later.set_aside_at IS NULL) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'count_is_settled', CONSTRAINT = 'count_is_settled'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER count_is_settled BEFORE UPDATE OF set_aside_at, set_aside_by, set_aside_because ON drawer_count FOR EACH ROW EXECUTE FUNCTION count_is_settled()

-- next

CREATE TABLE fee (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	fee_schedule_id BIGINT NOT NULL, 
	code TEXT NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	effective_on DATE NOT NULL, 
	expires_on DATE, 
	CONSTRAINT pk_fee PRIMARY KEY (id), 
	CONSTRAINT ck_fee_amount_possible CHECK (amount_cents > 0 AND amount_cents < 1000000000), 
	CONSTRAINT ck_fee_ends_after_start CHECK (expires_on IS NULL OR expires_on >= effective_on), 
	CONSTRAINT fk_fee_fee_schedule_id FOREIGN KEY(fee_schedule_id) REFERENCES fee_schedule (id)
)

-- next

CREATE INDEX ix_fee_code ON fee (code)

-- next

ALTER TABLE fee ADD CONSTRAINT no_overlap_fee EXCLUDE USING gist (fee_schedule_id WITH =, code WITH =, daterange(effective_on, expires_on, '[]') WITH &&)

-- next

CREATE TABLE named_view_resource (
	id BIGINT NOT NULL, 
	named_view_id BIGINT NOT NULL, 
	resource_id BIGINT NOT NULL, 
	CONSTRAINT pk_named_view_resource PRIMARY KEY (id), 
	CONSTRAINT uq_named_view_resource_named_view_id_resource_id UNIQUE (named_view_id, resource_id), 
	CONSTRAINT fk_named_view_resource_named_view_id FOREIGN KEY(named_view_id) REFERENCES named_view (id), 
	CONSTRAINT fk_named_view_resource_resource_id FOREIGN KEY(resource_id) REFERENCES resource (id)
)

-- next

CREATE TRIGGER append_only_named_view_resource_delete BEFORE DELETE ON named_view_resource FOR EACH ROW EXECUTE FUNCTION refuse('append_only_named_view_resource')

-- next

CREATE TRIGGER append_only_named_view_resource_update BEFORE UPDATE OF id, named_view_id, resource_id ON named_view_resource FOR EACH ROW EXECUTE FUNCTION refuse('append_only_named_view_resource')

-- next

CREATE TABLE provider (
	version INTEGER NOT NULL, 
	id BIGINT NOT NULL, 
	first_name VARCHAR(60) NOT NULL, 
	last_name VARCHAR(60) NOT NULL, 
	credential VARCHAR(20) NOT NULL, 
	short_name VARCHAR(40) NOT NULL, 
	npi VARCHAR(10) NOT NULL, 
	taxonomy VARCHAR(10) NOT NULL, 
	user_id BIGINT, 
	CONSTRAINT pk_provider PRIMARY KEY (id), 
	CONSTRAINT ck_provider_npi_length CHECK (length(npi) = 10), 
	CONSTRAINT fk_provider_id FOREIGN KEY(id) REFERENCES resource (id), 
	CONSTRAINT uq_provider_npi UNIQUE (npi), 
	CONSTRAINT uq_provider_user_id UNIQUE (user_id), 
	CONSTRAINT fk_provider_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)

-- next

CREATE TABLE resource_downtime (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	resource_id BIGINT NOT NULL, 
	starts TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
	ends TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
	reason TEXT NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT pk_resource_downtime PRIMARY KEY (id), 
	CONSTRAINT ck_resource_downtime_ends_after_start CHECK (ends > starts), 
	CONSTRAINT ck_resource_downtime_reason CHECK (length(reason) BETWEEN 1 AND 120), 
	CONSTRAINT fk_resource_downtime_resource_id FOREIGN KEY(resource_id) REFERENCES resource (id)
)

-- next

CREATE INDEX ix_resource_downtime_resource_ends ON resource_downtime (resource_id, ends)

-- next

CREATE TABLE room (
	version INTEGER NOT NULL, 
	id BIGINT NOT NULL, 
	room_kind VARCHAR(9) NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	state_since_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	blocked_reason VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_room PRIMARY KEY (id), 
	CONSTRAINT ck_room_blocked_with_reason CHECK ((state = 'blocked') = (blocked_reason <> '')), 
	CONSTRAINT fk_room_id FOREIGN KEY(id) REFERENCES resource (id), 
	CONSTRAINT ck_room_room_kind CHECK (room_kind IN ('exam', 'procedure', 'consult', 'lab', 'imaging', 'triage')), 
	CONSTRAINT ck_room_room_state CHECK (state IN ('free', 'occupied', 'to_clean', 'blocked'))
)

-- next

CREATE TABLE staff_member (
	version INTEGER NOT NULL, 
	id BIGINT NOT NULL, 
	skill VARCHAR(60) NOT NULL, 
	user_id BIGINT, 
	CONSTRAINT pk_staff_member PRIMARY KEY (id), 
	CONSTRAINT fk_staff_member_id FOREIGN KEY(id) REFERENCES resource (id), 
	CONSTRAINT uq_staff_member_user_id UNIQUE (user_id), 
	CONSTRAINT fk_staff_member_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)

-- next

CREATE TABLE assigned_number (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	payer_id BIGINT NOT NULL, 
	holder VARCHAR(8) NOT NULL, 
	provider_id BIGINT, 
	site_id BIGINT, 
	npi TEXT NOT NULL, 
	name TEXT NOT NULL, 
	whose TEXT NOT NULL, 
	qualifier VARCHAR(2) NOT NULL, 
	number TEXT NOT NULL, 
	valid_from DATE NOT NULL, 
	valid_until DATE, 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT pk_assigned_number PRIMARY KEY (id), 
	CONSTRAINT ck_assigned_number_provider_of_provider CHECK ((holder = 'provider') = (provider_id IS NOT NULL)), 
	CONSTRAINT ck_assigned_number_site_of_site CHECK ((holder = 'site') = (site_id IS NOT NULL)), 
	CONSTRAINT ck_assigned_number_npi_of_other CHECK ((holder = 'other') = (npi <> '')), 
	CONSTRAINT ck_assigned_number_whose_it_is CHECK (whose = coalesce(CAST(provider_id AS TEXT), CAST(site_id AS TEXT), npi)), 
	CONSTRAINT ck_assigned_number_number_fits CHECK (length(number) BETWEEN 1 AND 50), 
	CONSTRAINT ck_assigned_number_ends_after_start CHECK (valid_until >= valid_from), 
	CONSTRAINT fk_assigned_number_payer_id FOREIGN KEY(payer_id) REFERENCES payer (id), 
	CONSTRAINT ck_assigned_number_holder CHECK (holder IN ('practice', 'provider', 'site', 'other')), 
	CONSTRAINT fk_assigned_number_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id), 
	CONSTRAINT fk_assigned_number_site_id FOREIGN KEY(site_id) REFERENCES site (id), 
	CONSTRAINT ck_assigned_number_qualifier CHECK (qualifier IN ('G2', 'LU', '0B', '1G'))
)

-- next

CREATE INDEX ix_assigned_number_provider_id ON assigned_number (provider_id)

-- next

CREATE INDEX ix_assigned_number_site_id ON assigned_number (site_id)

-- next

ALTER TABLE assigned_number ADD CONSTRAINT no_overlap_assigned_number EXCLUDE USING gist (payer_id WITH =, holder WITH =, whose WITH =, qualifier WITH =, daterange(valid_from, valid_until, '[]') WITH &&) WHERE (is_active)

-- next

CREATE TABLE favourite_code (
	id BIGINT NOT NULL, 
	provider_id BIGINT NOT NULL, 
	kind VARCHAR(9) NOT NULL, 
	code TEXT NOT NULL, 
	CONSTRAINT pk_favourite_code PRIMARY KEY (id), 
	CONSTRAINT uq_favourite_code_provider_id_kind_code UNIQUE (provider_id, kind, code), 
	CONSTRAINT ck_favourite_code_code_there CHECK (code <> ''), 
	CONSTRAINT fk_favourite_code_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id), 
	CONSTRAINT ck_favourite_code_favourite_kind CHECK (kind IN ('diagnosis', 'service'))
)

-- next

CREATE TABLE named_view_provider (
	id BIGINT NOT NULL, 
	named_view_id BIGINT NOT NULL, 
	provider_id BIGINT NOT NULL, 
	CONSTRAINT pk_named_view_provider PRIMARY KEY (id), 
	CONSTRAINT uq_named_view_provider_named_view_id_provider_id UNIQUE (named_view_id, provider_id), 
	CONSTRAINT fk_named_view_provider_named_view_id FOREIGN KEY(named_view_id) REFERENCES named_view (id), 
	CONSTRAINT fk_named_view_provider_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id)
)

-- next

CREATE TRIGGER append_only_named_view_provider_delete BEFORE DELETE ON named_view_provider FOR EACH ROW EXECUTE FUNCTION refuse('append_only_named_view_provider')

-- next

CREATE TRIGGER append_only_named_view_provider_update BEFORE UPDATE OF id, named_view_id, provider_id ON named_view_provider FOR EACH ROW EXECUTE FUNCTION refuse('append_only_named_view_provider')

-- next

CREATE TABLE patient (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	chart_number VARCHAR(20) NOT NULL, 
	status VARCHAR(11) NOT NULL, 
	status_reason VARCHAR(200) NOT NULL, 
	merged_into_id BIGINT, 
	legal_first VARCHAR(60) NOT NULL, 
	legal_middle VARCHAR(60) NOT NULL, 
	legal_last VARCHAR(60) NOT NULL, 
	suffix VARCHAR(10) NOT NULL, 
	preferred_name VARCHAR(60) NOT NULL, 
	former_last_name VARCHAR(60) NOT NULL, 
	search_name VARCHAR(200) NOT NULL, 
	born_on DATE NOT NULL, 
	died_on DATE, 
	sex VARCHAR(7) NOT NULL, 
	gender_identity VARCHAR(40) NOT NULL, 
	pronouns VARCHAR(40) NOT NULL, 
	language VARCHAR(40) NOT NULL, 
	interpreter_needed BOOLEAN NOT NULL, 
	race TEXT NOT NULL, 
	marital_status VARCHAR(20) NOT NULL, 
	email VARCHAR(254) NOT NULL, 
	reminder_way VARCHAR(6) NOT NULL, 
	second_way VARCHAR(6) NOT NULL, 
	employer VARCHAR(120) NOT NULL, 
	pharmacy VARCHAR(120) NOT NULL, 
	primary_care VARCHAR(120) NOT NULL, 
	referring VARCHAR(120) NOT NULL, 
	usual_provider_id BIGINT, 
	is_restricted BOOLEAN NOT NULL, 
	registered_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_patient PRIMARY KEY (id), 
	CONSTRAINT ck_patient_named CHECK (trim(legal_first) <> '' AND trim(legal_last) <> ''), 
	CONSTRAINT ck_patient_died_after_birth CHECK (died_on >= born_on), 
	CONSTRAINT ck_patient_merged_into_another CHECK ((status = 'merged') = (merged_into_id IS NOT NULL)), 
	CONSTRAINT ck_patient_not_merged_into_itself CHECK (merged_into_id <> id), 
	CONSTRAINT ck_patient_dead_is_deceased CHECK (died_on IS NULL OR status IN ('deceased', 'merged')), 
	CONSTRAINT ck_patient_email_has_an_at CHECK (email = '' OR replace(email, '@', '') <> email), 
	CONSTRAINT ck_patient_race_of_the_list CHECK (replace(replace(replace(replace(replace(replace(replace(replace(replace(',' || race || ',', ',native_american,', ','), ',asian,', ','), ',black,', ','), ',hispanic,', ','), ',middle_eastern,', ','), ',pacific_islander,', ','), ',white,', ','), ',other,', ','), ',declined,', ',') IN (',', ',,')), 
	CONSTRAINT ck_patient_declined_alone CHECK (race = 'declined' OR race NOT LIKE '%declined%'), 
	CONSTRAINT ck_patient_second_way_another CHECK (second_way = 'none' OR second_way <> reminder_way), 
	CONSTRAINT uq_patient_chart_number UNIQUE (chart_number), 
	CONSTRAINT ck_patient_patient_status CHECK (status IN ('prospective', 'active', 'inactive', 'deceased', 'merged')), 
	CONSTRAINT fk_patient_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES patient (id), 
	CONSTRAINT ck_patient_sex CHECK (sex IN ('female', 'male', 'unknown')), 
	CONSTRAINT ck_patient_reminder_way CHECK (reminder_way IN ('text', 'call', 'email', 'letter', 'none')), 
	CONSTRAINT ck_patient_second_way CHECK (second_way IN ('text', 'call', 'email', 'letter', 'none')), 
	CONSTRAINT fk_patient_usual_provider_id FOREIGN KEY(usual_provider_id) REFERENCES provider (id)
)

-- next

CREATE INDEX ix_patient_merged_into_id ON patient (merged_into_id)

-- next

CREATE INDEX ix_patient_search_name ON patient (search_name, born_on)

-- next

CREATE INDEX ix_patient_usual_provider_id ON patient (usual_provider_id)

-- next

CREATE TABLE pull_list_print (
	id BIGINT NOT NULL, 
	day DATE NOT NULL, 
	provider_id BIGINT, 
	printed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	printed_by VARCHAR(120) NOT NULL, 
	CONSTRAINT pk_pull_list_print PRIMARY KEY (id), 
	CONSTRAINT fk_pull_list_print_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id)
)

-- next

CREATE INDEX ix_pull_list_print_day ON pull_list_print (day)

-- next

CREATE TRIGGER append_only_pull_list_print_delete BEFORE DELETE ON pull_list_print FOR EACH ROW EXECUTE FUNCTION refuse('append_only_pull_list_print')

-- next

CREATE TRIGGER append_only_pull_list_print_update BEFORE UPDATE OF id, day, provider_id, printed_at, printed_by ON pull_list_print FOR EACH ROW EXECUTE FUNCTION refuse('append_only_pull_list_print')

-- next

CREATE TABLE schedule_exception (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	provider_id BIGINT NOT NULL, 
	site_id BIGINT NOT NULL, 
	kind VARCHAR(5) NOT NULL, 
	starts TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
	ends TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
	reason VARCHAR(120) NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT pk_schedule_exception PRIMARY KEY (id), 
	CONSTRAINT ck_schedule_exception_ends_after_start CHECK (ends > starts), 
	CONSTRAINT fk_schedule_exception_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id), 
	CONSTRAINT fk_schedule_exception_site_id FOREIGN KEY(site_id) REFERENCES site (id), 
	CONSTRAINT ck_schedule_exception_exception_kind CHECK (kind IN ('out', 'extra'))
)

-- next

CREATE INDEX ix_schedule_exception_provider_id ON schedule_exception (provider_id)

-- next

CREATE INDEX ix_schedule_exception_starts ON schedule_exception (starts)

-- next

CREATE TABLE staff_session (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	staff_id BIGINT NOT NULL, 
	weekday INTEGER NOT NULL, 
	starts TIME WITHOUT TIME ZONE NOT NULL, 
	ends TIME WITHOUT TIME ZONE NOT NULL, 
	every_weeks INTEGER NOT NULL, 
	effective_from DATE NOT NULL, 
	effective_until DATE, 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT pk_staff_session PRIMARY KEY (id), 
	CONSTRAINT ck_staff_session_weekday CHECK (weekday BETWEEN 0 AND 6), 
	CONSTRAINT ck_staff_session_ends_after_start CHECK (ends > starts), 
	CONSTRAINT ck_staff_session_every_weeks CHECK (every_weeks BETWEEN 1 AND 4), 
	CONSTRAINT ck_staff_session_until_after_from CHECK (effective_until >= effective_from), 
	CONSTRAINT fk_staff_session_staff_id FOREIGN KEY(staff_id) REFERENCES staff_member (id)
)

-- next

CREATE INDEX ix_staff_session_staff_id ON staff_session (staff_id)

-- next

CREATE TABLE superbill_template (
	id BIGINT NOT NULL, 
	name TEXT NOT NULL, 
	provider_id BIGINT, 
	taxonomy TEXT NOT NULL, 
	effective_on DATE NOT NULL, 
	sections TEXT NOT NULL, 
	written_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	written_by TEXT NOT NULL, 
	withdrawn_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_superbill_template PRIMARY KEY (id), 
	CONSTRAINT ck_superbill_template_name CHECK (length(name) BETWEEN 1 AND 60), 
	CONSTRAINT ck_superbill_template_for_one_or_the_other CHECK (provider_id IS NULL OR taxonomy = ''), 
	CONSTRAINT fk_superbill_template_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id)
)

-- next

CREATE TRIGGER append_only_superbill_template_delete BEFORE DELETE ON superbill_template FOR EACH ROW EXECUTE FUNCTION refuse('append_only_superbill_template')

-- next

CREATE TRIGGER append_only_superbill_template_update BEFORE UPDATE OF id, name, provider_id, taxonomy, effective_on, sections, written_at, written_by ON superbill_template FOR EACH ROW EXECUTE FUNCTION refuse('append_only_superbill_template')

-- next

CREATE TABLE template_block (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	kind VARCHAR(11) NOT NULL, 
	release_hours INTEGER, 
	provider_id BIGINT NOT NULL, 
	weekday INTEGER NOT NULL, 
	starts TIME WITHOUT TIME ZONE NOT NULL, 
	ends TIME WITHOUT TIME ZONE NOT NULL, 
	every_weeks INTEGER NOT NULL, 
	effective_from DATE NOT NULL, 
	effective_until DATE, 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT pk_template_block PRIMARY KEY (id), 
	CONSTRAINT ck_template_block_weekday CHECK (weekday BETWEEN 0 AND 6), 
	CONSTRAINT ck_template_block_ends_after_start CHECK (ends > starts), 
	CONSTRAINT ck_template_block_every_weeks CHECK (every_weeks BETWEEN 1 AND 4), 
	CONSTRAINT ck_template_block_until_after_from CHECK (effective_until >= effective_from), 
	CONSTRAINT ck_template_block_release_hours CHECK (release_hours BETWEEN 0 AND 720), 
	CONSTRAINT ck_template_block_block_kind CHECK (kind IN ('urgent', 'new_patient', 'procedure', 'lunch', 'charting')), 
	CONSTRAINT fk_template_block_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id)
)

-- next

CREATE INDEX ix_template_block_provider_id ON template_block (provider_id)

-- next

CREATE TABLE template_session (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	site_id BIGINT NOT NULL, 
	most_visits INTEGER, 
	most_new_patients INTEGER, 
	most_overbooked INTEGER NOT NULL, 
	provider_id BIGINT NOT NULL, 
	weekday INTEGER NOT NULL, 
	starts TIME WITHOUT TIME ZONE NOT NULL, 
	ends TIME WITHOUT TIME ZONE NOT NULL, 
	every_weeks INTEGER NOT NULL, 
	effective_from DATE NOT NULL, 
	effective_until DATE, 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT pk_template_session PRIMARY KEY (id), 
	CONSTRAINT ck_template_session_weekday CHECK (weekday BETWEEN 0 AND 6), 
	CONSTRAINT ck_template_session_ends_after_start CHECK (ends > starts), 
	CONSTRAINT ck_template_session_every_weeks CHECK (every_weeks BETWEEN 1 AND 4), 
	CONSTRAINT ck_template_session_until_after_from CHECK (effective_until >= effective_from), 
	CONSTRAINT ck_template_session_most_visits CHECK (most_visits >= 0), 
	CONSTRAINT ck_template_session_most_new_patients CHECK (most_new_patients >= 0), 
	CONSTRAINT ck_template_session_most_overbooked CHECK (most_overbooked >= 0), 
	CONSTRAINT fk_template_session_site_id FOREIGN KEY(site_id) REFERENCES site (id), 
	CONSTRAINT fk_template_session_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id)
)

-- next

CREATE INDEX ix_template_session_provider_id ON template_session (provider_id)

-- next

CREATE TABLE account (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	number VARCHAR(20) NOT NULL, 
	holder_patient_id BIGINT, 
	holder_first VARCHAR(60) NOT NULL, 
	holder_last VARCHAR(60) NOT NULL, 
	holder_phone VARCHAR(20) NOT NULL, 
	street VARCHAR(120) NOT NULL, 
	unit VARCHAR(60) NOT NULL, 
	city VARCHAR(80) NOT NULL, 
	state VARCHAR(2) NOT NULL, 
	postal_code VARCHAR(10) NOT NULL, 
	CONSTRAINT pk_account PRIMARY KEY (id), 
	CONSTRAINT ck_account_one_holder CHECK ((holder_patient_id IS NULL) = (holder_last <> '')), 
	CONSTRAINT uq_account_number UNIQUE (number), 
	CONSTRAINT fk_account_holder_patient_id FOREIGN KEY(holder_patient_id) REFERENCES patient (id)
)

-- next

CREATE UNIQUE INDEX uq_account_holder_patient ON account (holder_patient_id) WHERE holder_patient_id IS NOT NULL

-- next

CREATE TABLE accounting_request (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	patient_id BIGINT NOT NULL, 
	asked_by TEXT NOT NULL, 
	asked_on DATE NOT NULL, 
	from_on DATE NOT NULL, 
	until_on DATE NOT NULL, 
	due_on DATE NOT NULL, 
	extended_on DATE, 
	extension_reason TEXT NOT NULL, 
	fee_cents BIGINT NOT NULL, 
	given_on DATE, 
	sha256 VARCHAR(64), 
	withdrawn_on DATE, 
	CONSTRAINT pk_accounting_request PRIMARY KEY (id), 
	CONSTRAINT ck_accounting_request_span CHECK (until_on >= from_on), 
	CONSTRAINT ck_accounting_request_due_on CHECK (due_on > asked_on), 
	CONSTRAINT ck_accounting_request_extended CHECK ((extended_on IS NULL) = (trim(extension_reason) = '')), 
	CONSTRAINT ck_accounting_request_given CHECK ((given_on IS NULL) = (sha256 IS NULL)), 
	CONSTRAINT ck_accounting_request_one_end CHECK (given_on IS NULL OR withdrawn_on IS NULL), 
	CONSTRAINT ck_accounting_request_fee CHECK (fee_cents >= 0), 
	CONSTRAINT fk_accounting_request_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_accounting_request_sha256 FOREIGN KEY(sha256) REFERENCES document_content (sha256)
)

-- next

CREATE INDEX ix_accounting_request_due_on ON accounting_request (due_on)

-- next

CREATE INDEX ix_accounting_request_patient_id ON accounting_request (patient_id)

-- next

CREATE TABLE appointment (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	patient_id BIGINT NOT NULL, 
	provider_id BIGINT NOT NULL, 
	site_id BIGINT NOT NULL, 
	visit_type_id BIGINT NOT NULL, 
	starts TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
	ends TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
	lifecycle VARCHAR(23) NOT NULL, 
	stage VARCHAR(13) NOT NULL, 
	confirmation VARCHAR(12) NOT NULL, 
	contact_attempts INTEGER NOT NULL, 
	reason VARCHAR(200) NOT NULL, 
	note VARCHAR(500) NOT NULL, 
	is_new_patient BOOLEAN NOT NULL, 
	is_overbooked BOOLEAN NOT NULL, 
	override_reason VARCHAR(200) NOT NULL, 
	room_id BIGINT, 
	booked_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	stage_at TIMESTAMP WITH TIME ZONE, 
	arrived_at TIMESTAMP WITH TIME ZONE, 
	ready_at TIMESTAMP WITH TIME ZONE, 
	roomed_at TIMESTAMP WITH TIME ZONE, 
	provider_in_at TIMESTAMP WITH TIME ZONE, 
	provider_out_at TIMESTAMP WITH TIME ZONE, 
	completed_at TIMESTAMP WITH TIME ZONE, 
	cancelled_at TIMESTAMP WITH TIME ZONE, 
	cancelled_by VARCHAR(8), 
	is_late_cancellation BOOLEAN NOT NULL, 
	rescheduled_to_id BIGINT, 
	needs_rebooking BOOLEAN NOT NULL, 
	rebooking_attempts INTEGER NOT NULL, 
	is_off_book BOOLEAN NOT NULL, 
	series_id BIGINT, 
	CONSTRAINT pk_appointment PRIMARY KEY (id), 
	CONSTRAINT ck_appointment_ends_after_start CHECK (ends > starts), 
	CONSTRAINT ck_appointment_within_one_day CHECK (date(starts) = date(ends)), 
	CONSTRAINT ck_appointment_cancelled_by_somebody CHECK (lifecycle <> 'cancelled' OR cancelled_by IS NOT NULL), 
	CONSTRAINT ck_appointment_rescheduled_to_a_visit CHECK (lifecycle <> 'rescheduled' OR rescheduled_to_id IS NOT NULL), 
	CONSTRAINT ck_appointment_completed_with_time CHECK ((lifecycle = 'completed') = (completed_at IS NOT NULL)), 
	CONSTRAINT ck_appointment_overbooked_with_reason CHECK (NOT is_overbooked OR override_reason <> ''), 
	CONSTRAINT ck_appointment_not_to_itself CHECK (rescheduled_to_id <> id), 
	CONSTRAINT ck_appointment_off_book_after_its_end CHECK (NOT (needs_rebooking OR is_off_book) OR lifecycle IN ('cancelled', 'no_show', 'rescheduled')), 
	CONSTRAINT fk_appointment_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_appointment_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id), 
	CONSTRAINT fk_appointment_site_id FOREIGN KEY(site_id) REFERENCES site (id), 
	CONSTRAINT fk_appointment_visit_type_id FOREIGN KEY(visit_type_id) REFERENCES visit_type (id), 
	CONSTRAINT ck_appointment_lifecycle CHECK (lifecycle IN ('requested', 'waitlisted', 'held', 'booked', 'arrived', 'in_progress', 'completed', 'cancelled', 'no_show', 'left_without_being_seen', 'rescheduled', 'entered_in_error')), 
	CONSTRAINT ck_appointment_stage CHECK (stage IN ('expected', 'arrived', 'checking_in', 'ready', 'roomed', 'with_provider', 'seen', 'checking_out', 'gone')), 
	CONSTRAINT ck_appointment_confirmation CHECK (confirmation IN ('none', 'attempted', 'message_left', 'confirmed', 'declined', 'unreachable')), 
	CONSTRAINT fk_appointment_room_id FOREIGN KEY(room_id) REFERENCES room (id), 
	CONSTRAINT ck_appointment_cancelled_by CHECK (cancelled_by IN ('patient', 'office', 'provider')), 
	CONSTRAINT fk_appointment_rescheduled_to_id FOREIGN KEY(rescheduled_to_id) REFERENCES appointment (id), 
	CONSTRAINT fk_appointment_series_id FOREIGN KEY(series_id) REFERENCES appointment (id)
)

-- next

CREATE INDEX ix_appointment_needs_rebooking ON appointment (starts) WHERE needs_rebooking

-- next

CREATE INDEX ix_appointment_patient_starts ON appointment (patient_id, starts)

-- next

CREATE INDEX ix_appointment_provider_starts ON appointment (provider_id, starts)

-- next

CREATE INDEX ix_appointment_room_id ON appointment (room_id)

-- next

CREATE INDEX ix_appointment_seen ON appointment (visit_type_id, starts) WHERE provider_out_at IS NOT NULL

-- next

CREATE INDEX ix_appointment_seen_by ON appointment (visit_type_id, provider_id, starts) WHERE provider_out_at IS NOT NULL

-- next

CREATE INDEX ix_appointment_series_id ON appointment (series_id)

-- next

CREATE INDEX ix_appointment_starts ON appointment (starts)

-- next

CREATE INDEX ix_appointment_visit_type_starts ON appointment (visit_type_id, starts)

-- next

CREATE TABLE chart_volume (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	patient_id BIGINT NOT NULL, 
	number INTEGER NOT NULL, 
	filed_as VARCHAR(40) NOT NULL, 
	barcode VARCHAR(40) NOT NULL, 
	home VARCHAR(80) NOT NULL, 
	opened_on DATE NOT NULL, 
	closed_on DATE, 
	since_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	place VARCHAR(9) NOT NULL, 
	provider_id BIGINT, 
	room_id BIGINT, 
	user_id BIGINT, 
	words VARCHAR(120) NOT NULL, 
	out_at TIMESTAMP WITH TIME ZONE, 
	out_by VARCHAR(120) NOT NULL, 
	out_for VARCHAR(120) NOT NULL, 
	for_on DATE, 
	due_on DATE, 
	CONSTRAINT pk_chart_volume PRIMARY KEY (id), 
	CONSTRAINT ck_chart_volume_number CHECK (number BETWEEN 1 AND 999), 
	CONSTRAINT ck_chart_volume_has_a_home CHECK (home <> ''), 
	CONSTRAINT ck_chart_volume_has_a_barcode CHECK (barcode <> ''), 
	CONSTRAINT ck_chart_volume_closed_after_opened CHECK (closed_on >= opened_on), 
	CONSTRAINT ck_chart_volume_desk_is_somebodys CHECK ((place = 'desk') = (provider_id IS NOT NULL)), 
	CONSTRAINT ck_chart_volume_room_is_one CHECK ((place = 'room') = (room_id IS NOT NULL)), 
	CONSTRAINT ck_chart_volume_person_is_somebody CHECK (place <> 'person' OR user_id IS NOT NULL OR words <> ''), 
	CONSTRAINT ck_chart_volume_box_is_named CHECK (place <> 'off_site' OR words <> ''), 
	CONSTRAINT ck_chart_volume_out_since CHECK ((place = 'shelf') = (out_at IS NULL)), 
	CONSTRAINT fk_chart_volume_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT uq_chart_volume_barcode UNIQUE (barcode), 
	CONSTRAINT ck_chart_volume_place CHECK (place IN ('shelf', 'pulled', 'desk', 'room', 'person', 'to_refile', 'off_site', 'missing', 'destroyed')), 
	CONSTRAINT fk_chart_volume_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id), 
	CONSTRAINT fk_chart_volume_room_id FOREIGN KEY(room_id) REFERENCES room (id), 
	CONSTRAINT fk_chart_volume_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_chart_volume_filed_as ON chart_volume (filed_as)

-- next

CREATE INDEX ix_chart_volume_for_on ON chart_volume (for_on)

-- next

CREATE INDEX ix_chart_volume_patient_id ON chart_volume (patient_id)

-- next

CREATE INDEX ix_chart_volume_place ON chart_volume (place)

-- next

CREATE TABLE consent_print (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	patient_id BIGINT NOT NULL, 
	form_id BIGINT NOT NULL, 
	printed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	printed_by_id BIGINT, 
	handed_out_at TIMESTAMP WITH TIME ZONE, 
	handed_out_by_id BIGINT, 
	CONSTRAINT pk_consent_print PRIMARY KEY (id), 
	CONSTRAINT ck_consent_print_handed_out CHECK (handed_out_at IS NOT NULL OR handed_out_by_id IS NULL), 
	CONSTRAINT fk_consent_print_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_consent_print_form_id FOREIGN KEY(form_id) REFERENCES consent_form (id), 
	CONSTRAINT fk_consent_print_printed_by_id FOREIGN KEY(printed_by_id) REFERENCES user_account (id), 
	CONSTRAINT fk_consent_print_handed_out_by_id FOREIGN KEY(handed_out_by_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_consent_print_form_id ON consent_print (form_id)

-- next

CREATE INDEX ix_consent_print_patient_id_form_id ON consent_print (patient_id, form_id)

-- next

CREATE TABLE document (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	patient_id BIGINT, 
	state VARCHAR(9) NOT NULL, 
	category VARCHAR(10), 
	title TEXT NOT NULL, 
	source TEXT NOT NULL, 
	author TEXT NOT NULL, 
	document_on DATE, 
	received_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	received_on DATE, 
	arrived_as TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	media_type TEXT NOT NULL, 
	pages INTEGER, 
	sensitivity VARCHAR(13) NOT NULL, 
	retention_class VARCHAR(11), 
	set_aside_at TIMESTAMP WITH TIME ZONE, 
	filed_at TIMESTAMP WITH TIME ZONE, 
	archived_at TIMESTAMP WITH TIME ZONE, 
	superseded_by_id BIGINT, 
	CONSTRAINT pk_document PRIMARY KEY (id), 
	CONSTRAINT ck_document_filed_whole CHECK (state <> 'filed' OR (patient_id IS NOT NULL AND category IS NOT NULL AND document_on IS NOT NULL AND title <> '')), 
	CONSTRAINT ck_document_pages CHECK (pages > 0), 
	CONSTRAINT fk_document_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT ck_document_document_state CHECK (state IN ('to_file', 'filed', 'withdrawn', 'disposed')), 
	CONSTRAINT ck_document_category CHECK (category IN ('visit_note', 'lab_result', 'imaging', 'hospital', 'letter', 'consent', 'identity')), 
	CONSTRAINT fk_document_sha256 FOREIGN KEY(sha256) REFERENCES document_content (sha256), 
	CONSTRAINT ck_document_sensitivity CHECK (sensitivity IN ('ordinary', 'mental_health', 'substance_use', 'hiv', 'reproductive', 'genetic', 'psychotherapy')), 
	CONSTRAINT ck_document_retention_class CHECK (retention_class IN ('medical', 'paper_chart', 'consent', 'identity', 'claim', 'disclosure', 'permanent')), 
	CONSTRAINT fk_document_superseded_by_id FOREIGN KEY(superseded_by_id) REFERENCES document (id)
)

-- next

CREATE INDEX ix_document_category_filed_at ON document (category, filed_at)

-- next

CREATE INDEX ix_document_patient_id_document_on ON document (patient_id, document_on)

-- next

CREATE INDEX ix_document_sha256 ON document (sha256)

-- next

CREATE INDEX ix_document_source_filed_at ON document (source, filed_at)

-- next

CREATE INDEX ix_document_state_received_at ON document (state, received_at)

-- next

CREATE TRIGGER document_stays_disposed BEFORE UPDATE OF state, sha256, title, category, document_on ON document FOR EACH ROW WHEN (OLD.state = 'disposed') EXECUTE FUNCTION refuse('document_stays_disposed')

-- next

CREATE TRIGGER document_disposed_kept BEFORE DELETE ON document FOR EACH ROW WHEN (OLD.state = 'disposed') EXECUTE FUNCTION refuse('document_stays_disposed')

-- next

CREATE TABLE document_words (document_id BIGINT PRIMARY KEY, heading tsvector NOT NULL, words tsvector NOT NULL, long_text TEXT NOT NULL)

-- next

CREATE INDEX ix_document_words_heading ON document_words USING gin (heading)

-- next

CREATE INDEX ix_document_words_words ON document_words USING gin (words)

-- next

CREATE TABLE duplicate_pair (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	one_id BIGINT NOT NULL, 
	other_id BIGINT NOT NULL, 
	points FLOAT NOT NULL, 
	is_certain BOOLEAN NOT NULL, 
	reasons TEXT NOT NULL, 
	state VARCHAR(9) NOT NULL, 
	source VARCHAR(5) NOT NULL, 
	found_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	decided_at TIMESTAMP WITH TIME ZONE, 
	decided_by VARCHAR(120) NOT NULL, 
	note TEXT NOT NULL, 
	later_on DATE, 
	is_again BOOLEAN NOT NULL, 
	CONSTRAINT pk_duplicate_pair PRIMARY KEY (id), 
	CONSTRAINT uq_duplicate_pair_one_id_other_id UNIQUE (one_id, other_id), 
	CONSTRAINT ck_duplicate_pair_lower_first CHECK (one_id < other_id), 
	CONSTRAINT ck_duplicate_pair_decided_with_time CHECK ((state = 'open') OR decided_at IS NOT NULL), 
	CONSTRAINT ck_duplicate_pair_later_has_a_day CHECK ((state = 'later') = (later_on IS NOT NULL)), 
	CONSTRAINT ck_duplicate_pair_note CHECK (length(note) <= 200), 
	CONSTRAINT fk_duplicate_pair_one_id FOREIGN KEY(one_id) REFERENCES patient (id), 
	CONSTRAINT fk_duplicate_pair_other_id FOREIGN KEY(other_id) REFERENCES patient (id), 
	CONSTRAINT ck_duplicate_pair_pair_state CHECK (state IN ('open', 'later', 'different', 'merged')), 
	CONSTRAINT ck_duplicate_pair_pair_source CHECK (source IN ('desk', 'sweep'))
)

-- next

CREATE INDEX ix_duplicate_pair_other_id ON duplicate_pair (other_id)

-- next

CREATE INDEX ix_duplicate_pair_state ON duplicate_pair (state, points)

-- next

CREATE TABLE former_name (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	patient_id BIGINT NOT NULL, 
	first VARCHAR(60) NOT NULL, 
	last VARCHAR(60) NOT NULL, 
	used_until DATE, 
	withdrawn_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_former_name PRIMARY KEY (id), 
	CONSTRAINT ck_former_name_named CHECK (trim(last) <> ''), 
	CONSTRAINT fk_former_name_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
)

-- next

CREATE INDEX ix_former_name_patient_id ON former_name (patient_id)

-- next

CREATE TABLE import_review (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	system VARCHAR(60) NOT NULL, 
	line INTEGER NOT NULL, 
	content TEXT NOT NULL, 
	content_sha256 VARCHAR(64) NOT NULL, 
	state VARCHAR(10) NOT NULL, 
	patient_id BIGINT, 
	decided_at TIMESTAMP WITH TIME ZONE, 
	decided_by VARCHAR(120) NOT NULL, 
	CONSTRAINT pk_import_review PRIMARY KEY (id), 
	CONSTRAINT uq_import_review_system_content_sha256 UNIQUE (system, content_sha256), 
	CONSTRAINT ck_import_review_went_to_a_chart CHECK ((state IN ('same', 'registered')) = (patient_id IS NOT NULL)), 
	CONSTRAINT ck_import_review_decided_once CHECK ((state = 'waiting') = (decided_at IS NULL)), 
	CONSTRAINT ck_import_review_review_state CHECK (state IN ('waiting', 'same', 'registered', 'skipped')), 
	CONSTRAINT fk_import_review_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
)

-- next

CREATE INDEX ix_import_review_patient_id ON import_review (patient_id)

-- next

CREATE INDEX ix_import_review_state ON import_review (state, id)

-- next

CREATE TABLE legal_hold (
	id BIGINT NOT NULL, 
	number INTEGER NOT NULL, 
	patient_id BIGINT NOT NULL, 
	matter TEXT NOT NULL, 
	note TEXT NOT NULL, 
	covers_from DATE, 
	covers_to DATE, 
	is_of_documents BOOLEAN NOT NULL, 
	placed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	placed_by_id BIGINT, 
	placed_by TEXT NOT NULL, 
	CONSTRAINT pk_legal_hold PRIMARY KEY (id), 
	CONSTRAINT ck_legal_hold_has_a_matter CHECK (trim(matter) <> ''), 
	CONSTRAINT ck_legal_hold_ends_after_start CHECK (covers_to >= covers_from), 
	CONSTRAINT uq_legal_hold_number UNIQUE (number), 
	CONSTRAINT fk_legal_hold_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_legal_hold_placed_by_id FOREIGN KEY(placed_by_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_legal_hold_patient_id ON legal_hold (patient_id)

-- next

CREATE TRIGGER append_only_legal_hold_delete BEFORE DELETE ON legal_hold FOR EACH ROW EXECUTE FUNCTION refuse('append_only_legal_hold')

-- next

CREATE TRIGGER append_only_legal_hold_update BEFORE UPDATE OF id, number, matter, note, covers_from, covers_to, is_of_documents, placed_at, placed_by_id, placed_by ON legal_hold FOR EACH ROW EXECUTE FUNCTION refuse('append_only_legal_hold')

-- next

CREATE OR REPLACE FUNCTION append_only_legal_hold_patient_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.patient_id IS DISTINCT FROM OLD.patient_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.goes_id = OLD.patient_id AND patient_merge.stays_id = NEW.patient_id) OR (patient_merge.stays_id = OLD.patient_id AND patient_merge.goes_id = NEW.patient_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_legal_hold', CONSTRAINT = 'append_only_legal_hold'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_legal_hold_patient_id BEFORE UPDATE OF patient_id ON legal_hold FOR EACH ROW EXECUTE FUNCTION append_only_legal_hold_patient_id()

-- next

CREATE TABLE patient_address (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	patient_id BIGINT NOT NULL, 
	kind VARCHAR(12) NOT NULL, 
	street VARCHAR(120) NOT NULL, 
	unit VARCHAR(60) NOT NULL, 
	city VARCHAR(80) NOT NULL, 
	state VARCHAR(2) NOT NULL, 
	postal_code VARCHAR(10) NOT NULL, 
	valid_from DATE NOT NULL, 
	valid_until DATE, 
	CONSTRAINT pk_patient_address PRIMARY KEY (id), 
	CONSTRAINT ck_patient_address_has_street_and_city CHECK (trim(street) <> '' AND trim(city) <> ''), 
	CONSTRAINT ck_patient_address_state_of_two_letters CHECK (length(state) = 2), 
	CONSTRAINT ck_patient_address_zip_of_five_or_nine CHECK (length(postal_code) IN (0, 5, 10)), 
	CONSTRAINT ck_patient_address_ends_after_start CHECK (valid_until >= valid_from), 
	CONSTRAINT fk_patient_address_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT ck_patient_address_address_kind CHECK (kind IN ('home', 'mailing', 'confidential', 'temporary'))
)

-- next

CREATE INDEX ix_patient_address_patient_id ON patient_address (patient_id)

-- next

ALTER TABLE patient_address ADD CONSTRAINT no_overlap_patient_address EXCLUDE USING gist (patient_id WITH =, kind WITH =, daterange(valid_from, valid_until, '[]') WITH &&)

-- next

CREATE TABLE patient_alert (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	patient_id BIGINT NOT NULL, 
	kind VARCHAR(9) NOT NULL, 
	sentence VARCHAR(200) NOT NULL, 
	starts_on DATE NOT NULL, 
	expires_on DATE, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_patient_alert PRIMARY KEY (id), 
	CONSTRAINT ck_patient_alert_says_something CHECK (trim(sentence) <> ''), 
	CONSTRAINT ck_patient_alert_expires_after_start CHECK (expires_on >= starts_on), 
	CONSTRAINT fk_patient_alert_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT ck_patient_alert_alert_kind CHECK (kind IN ('note', 'code_word', 'access', 'privacy', 'safety', 'money'))
)

-- next

CREATE INDEX ix_patient_alert_patient_id ON patient_alert (patient_id)

-- next

CREATE TABLE patient_contact (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	patient_id BIGINT NOT NULL, 
	contact_patient_id BIGINT, 
	name VARCHAR(120) NOT NULL, 
	relationship VARCHAR(40) NOT NULL, 
	phone VARCHAR(20) NOT NULL, 
	is_emergency BOOLEAN NOT NULL, 
	is_guardian BOOLEAN NOT NULL, 
	may_discuss BOOLEAN NOT NULL, 
	authority VARCHAR(120) NOT NULL, 
	authority_until DATE, 
	rank INTEGER NOT NULL, 
	ended_on DATE, 
	CONSTRAINT pk_patient_contact PRIMARY KEY (id), 
	CONSTRAINT ck_patient_contact_named CHECK (trim(name) <> ''), 
	CONSTRAINT ck_patient_contact_guardian_has_authority CHECK (NOT is_guardian OR authority <> ''), 
	CONSTRAINT ck_patient_contact_not_the_patient CHECK (contact_patient_id <> patient_id), 
	CONSTRAINT ck_patient_contact_only_a_guardians_right_ends CHECK (authority_until IS NULL OR is_guardian), 
	CONSTRAINT ck_patient_contact_ranked_from_one CHECK (rank >= 1), 
	CONSTRAINT fk_patient_contact_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_patient_contact_contact_patient_id FOREIGN KEY(contact_patient_id) REFERENCES patient (id)
)

-- next

CREATE INDEX ix_patient_contact_contact_patient_id ON patient_contact (contact_patient_id)

-- next

CREATE INDEX ix_patient_contact_patient_id ON patient_contact (patient_id)

-- next

CREATE TABLE patient_identifier (
	id BIGINT NOT NULL, 
	patient_id BIGINT NOT NULL, 
	system VARCHAR(60) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_patient_identifier PRIMARY KEY (id), 
	CONSTRAINT uq_patient_identifier_system_value UNIQUE (system, value), 
	CONSTRAINT ck_patient_identifier_has_a_value CHECK (value <> ''), 
	CONSTRAINT fk_patient_identifier_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
)

-- next

CREATE INDEX ix_patient_identifier_patient_id ON patient_identifier (patient_id)

-- next

CREATE TABLE patient_match_key (
	key VARCHAR(80) COLLATE "C" NOT NULL, 
	patient_id BIGINT NOT NULL, 
	CONSTRAINT pk_patient_match_key PRIMARY KEY (key, patient_id), 
	CONSTRAINT fk_patient_match_key_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
)

-- next

CREATE INDEX ix_patient_match_key_patient_id ON patient_match_key (patient_id)

-- next

CREATE TABLE patient_phone (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	patient_id BIGINT NOT NULL, 
	rank INTEGER NOT NULL, 
	kind VARCHAR(6) NOT NULL, 
	number VARCHAR(20) NOT NULL, 
	text_ok BOOLEAN NOT NULL, 
	voicemail_ok BOOLEAN NOT NULL, 
	permission_on DATE, 
	permission_source VARCHAR(8), 
	note VARCHAR(80) NOT NULL, 
	ended_on DATE, 
	CONSTRAINT pk_patient_phone PRIMARY KEY (id), 
	CONSTRAINT ck_patient_phone_ranked_from_one CHECK (rank >= 1), 
	CONSTRAINT ck_patient_phone_permission_has_date_and_source CHECK ((permission_on IS NULL) = (permission_source IS NULL)), 
	CONSTRAINT ck_patient_phone_long_enough CHECK (length(number) >= 8), 
	CONSTRAINT ck_patient_phone_digits_only CHECK (replace(replace(number, ' ', ''), '-', '') = number), 
	CONSTRAINT fk_patient_phone_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT ck_patient_phone_phone_kind CHECK (kind IN ('mobile', 'home', 'work', 'other')), 
	CONSTRAINT ck_patient_phone_permission_source CHECK (permission_source IN ('at_desk', 'by_phone', 'on_form', 'portal', 'guardian'))
)

-- next

CREATE INDEX ix_patient_phone_patient_id ON patient_phone (patient_id)

-- next

CREATE UNIQUE INDEX uq_patient_phone_in_use ON patient_phone (patient_id, number) WHERE ended_on IS NULL

-- next

CREATE TABLE patient_recency (
	day DATE NOT NULL, 
	patient_id BIGINT NOT NULL, 
	CONSTRAINT pk_patient_recency PRIMARY KEY (day, patient_id), 
	CONSTRAINT fk_patient_recency_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
)

-- next

CREATE INDEX ix_patient_recency_patient_id ON patient_recency (patient_id, day)

-- next

CREATE TABLE patient_search_key (
	key VARCHAR(80) COLLATE "C" NOT NULL, 
	patient_id BIGINT NOT NULL, 
	kind VARCHAR(6) NOT NULL, 
	CONSTRAINT pk_patient_search_key PRIMARY KEY (key, patient_id, kind), 
	CONSTRAINT fk_patient_search_key_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT ck_patient_search_key_key_kind CHECK (kind IN ('name', 'former', 'phone', 'born', 'chart', 'member', 'merged', 'pair'))
)

-- next

CREATE INDEX ix_patient_search_key_patient_id ON patient_search_key (patient_id, key)

-- next

CREATE TABLE policy (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	plan_id BIGINT NOT NULL, 
	member_id VARCHAR(40) NOT NULL, 
	group_number VARCHAR(40) NOT NULL, 
	subscriber_patient_id BIGINT, 
	subscriber_first VARCHAR(60) NOT NULL, 
	subscriber_last VARCHAR(60) NOT NULL, 
	subscriber_born_on DATE, 
	subscriber_sex VARCHAR(7) NOT NULL, 
	case_number VARCHAR(40) NOT NULL, 
	injured_on DATE, 
	adjuster VARCHAR(80) NOT NULL, 
	adjuster_phone VARCHAR(20) NOT NULL, 
	employer VARCHAR(120) NOT NULL, 
	case_state VARCHAR(2) NOT NULL, 
	effective_from DATE NOT NULL, 
	effective_until DATE, 
	first_used_at TIMESTAMP WITH TIME ZONE, 
	replaces_id BIGINT, 
	CONSTRAINT pk_policy PRIMARY KEY (id), 
	CONSTRAINT ck_policy_member_id_without_blanks CHECK (member_id <> '' AND replace(replace(replace(member_id, ' ', ''), '-', ''), '.', '') = member_id), 
	CONSTRAINT ck_policy_injury_has_a_case CHECK (injured_on IS NULL OR case_number <> ''), 
	CONSTRAINT ck_policy_one_subscriber CHECK ((subscriber_patient_id IS NULL) = (subscriber_last <> '')), 
	CONSTRAINT ck_policy_ends_after_start CHECK (effective_until >= effective_from), 
	CONSTRAINT fk_policy_plan_id FOREIGN KEY(plan_id) REFERENCES plan (id), 
	CONSTRAINT fk_policy_subscriber_patient_id FOREIGN KEY(subscriber_patient_id) REFERENCES patient (id), 
	CONSTRAINT ck_policy_sex CHECK (subscriber_sex IN ('female', 'male', 'unknown')), 
	CONSTRAINT fk_policy_replaces_id FOREIGN KEY(replaces_id) REFERENCES policy (id)
)

-- next

CREATE INDEX ix_policy_member_id ON policy (member_id)

-- next

CREATE INDEX ix_policy_plan_id ON policy (plan_id)

-- next

CREATE INDEX ix_policy_subscriber_patient_id ON policy (subscriber_patient_id)

-- next

CREATE TRIGGER policy_in_use_update BEFORE UPDATE OF plan_id, member_id, group_number, subscriber_first, subscriber_last, subscriber_born_on, case_number, injured_on, case_state, effective_from, first_used_at ON policy FOR EACH ROW WHEN (OLD.first_used_at IS NOT NULL) EXECUTE FUNCTION refuse('policy_in_use')

-- next

CREATE OR REPLACE FUNCTION policy_in_use_subscriber() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF OLD.first_used_at IS NOT NULL AND NEW.subscriber_patient_id IS DISTINCT FROM OLD.subscriber_patient_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.goes_id = OLD.subscriber_patient_id AND patient_merge.stays_id = NEW.subscriber_patient_id) OR (patient_merge.stays_id = OLD.subscriber_patient_id AND patient_merge.goes_id = NEW.subscriber_patient_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'policy_in_use', CONSTRAINT = 'policy_in_use'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER policy_in_use_subscriber BEFORE UPDATE OF subscriber_patient_id ON policy FOR EACH ROW EXECUTE FUNCTION policy_in_use_subscriber()

-- next

CREATE TRIGGER policy_kept BEFORE DELETE ON policy FOR EACH ROW WHEN (OLD.first_used_at IS NOT NULL) EXECUTE FUNCTION refuse('policy_in_use')

-- next

CREATE TABLE prior_provider (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	patient_id BIGINT NOT NULL, 
	office_id BIGINT NOT NULL, 
	provider_name TEXT NOT NULL, 
	seen_from DATE, 
	seen_until DATE, 
	holds TEXT NOT NULL, 
	note TEXT NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT pk_prior_provider PRIMARY KEY (id), 
	CONSTRAINT ck_prior_provider_ends_after_start CHECK (seen_until >= seen_from), 
	CONSTRAINT ck_prior_provider_holds CHECK (replace(replace(replace(replace(replace(replace(replace(',' || holds || ',', ',visit_note,', ','), ',lab_result,', ','), ',imaging,', ','), ',hospital,', ','), ',letter,', ','), ',consent,', ','), ',identity,', ',') IN (',', ',,')), 
	CONSTRAINT ck_prior_provider_texts_short CHECK (length(provider_name) <= 120 AND length(note) <= 500), 
	CONSTRAINT fk_prior_provider_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_prior_provider_office_id FOREIGN KEY(office_id) REFERENCES outside_office (id)
)

-- next

CREATE INDEX ix_prior_provider_office_id ON prior_provider (office_id)

-- next

CREATE INDEX ix_prior_provider_patient_id ON prior_provider (patient_id)

-- next

CREATE TABLE recall_contact (
	id BIGINT NOT NULL, 
	rule_id BIGINT NOT NULL, 
	patient_id BIGINT NOT NULL, 
	outcome VARCHAR(12) NOT NULL, 
	until DATE, 
	note TEXT NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	by VARCHAR(120) NOT NULL, 
	user_id BIGINT, 
	station_id BIGINT NOT NULL, 
	takes_back_id BIGINT, 
	CONSTRAINT pk_recall_contact PRIMARY KEY (id), 
	CONSTRAINT ck_recall_contact_note CHECK (length(note) <= 200), 
	CONSTRAINT ck_recall_contact_not_now_until CHECK (outcome <> 'not_now' OR until IS NOT NULL), 
	CONSTRAINT ck_recall_contact_not_itself CHECK (takes_back_id <> id), 
	CONSTRAINT fk_recall_contact_rule_id FOREIGN KEY(rule_id) REFERENCES recall_rule (id), 
	CONSTRAINT fk_recall_contact_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT ck_recall_contact_recall_outcome CHECK (outcome IN ('no_answer', 'message_left', 'card_sent', 'will_call', 'not_now', 'declined')), 
	CONSTRAINT fk_recall_contact_user_id FOREIGN KEY(user_id) REFERENCES user_account (id), 
	CONSTRAINT fk_recall_contact_station_id FOREIGN KEY(station_id) REFERENCES station (id), 
	CONSTRAINT uq_recall_contact_takes_back_id UNIQUE (takes_back_id), 
	CONSTRAINT fk_recall_contact_takes_back_id FOREIGN KEY(takes_back_id) REFERENCES recall_contact (id)
)

-- next

CREATE INDEX ix_recall_contact_patient ON recall_contact (patient_id, rule_id)

-- next

CREATE TRIGGER append_only_recall_contact_delete BEFORE DELETE ON recall_contact FOR EACH ROW EXECUTE FUNCTION refuse('append_only_recall_contact')

-- next

CREATE TRIGGER append_only_recall_contact_update BEFORE UPDATE OF id, rule_id, outcome, until, note, at, by, user_id, station_id, takes_back_id ON recall_contact FOR EACH ROW EXECUTE FUNCTION refuse('append_only_recall_contact')

-- next

CREATE OR REPLACE FUNCTION append_only_recall_contact_patient_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.patient_id IS DISTINCT FROM OLD.patient_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.goes_id = OLD.patient_id AND patient_merge.stays_id = NEW.patient_id) OR (patient_merge.stays_id = OLD.patient_id AND patient_merge.goes_id = NEW.patient_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_recall_contact', CONSTRAINT = 'append_only_recall_contact'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_recall_contact_patient_id BEFORE UPDATE OF patient_id ON recall_contact FOR EACH ROW EXECUTE FUNCTION append_only_recall_contact_patient_id()

-- next

CREATE TABLE red_flag_answer (
	id BIGINT NOT NULL, 
	red_flag_id BIGINT NOT NULL, 
	red_flag_version INTEGER NOT NULL, 
	is_yes BOOLEAN NOT NULL, 
	patient_id BIGINT, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	user_id BIGINT, 
	station_id BIGINT NOT NULL, 
	CONSTRAINT pk_red_flag_answer PRIMARY KEY (id), 
	CONSTRAINT fk_red_flag_answer_red_flag_id FOREIGN KEY(red_flag_id) REFERENCES red_flag (id), 
	CONSTRAINT fk_red_flag_answer_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_red_flag_answer_user_id FOREIGN KEY(user_id) REFERENCES user_account (id), 
	CONSTRAINT fk_red_flag_answer_station_id FOREIGN KEY(station_id) REFERENCES station (id)
)

-- next

CREATE INDEX ix_red_flag_answer_patient_id ON red_flag_answer (patient_id)

-- next

CREATE TRIGGER append_only_red_flag_answer_delete BEFORE DELETE ON red_flag_answer FOR EACH ROW EXECUTE FUNCTION refuse('append_only_red_flag_answer')

-- next

CREATE TRIGGER append_only_red_flag_answer_update BEFORE UPDATE OF id, red_flag_id, red_flag_version, is_yes, at, user_id, station_id ON red_flag_answer FOR EACH ROW EXECUTE FUNCTION refuse('append_only_red_flag_answer')

-- next

CREATE OR REPLACE FUNCTION append_only_red_flag_answer_patient_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.patient_id IS DISTINCT FROM OLD.patient_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.goes_id = OLD.patient_id AND patient_merge.stays_id = NEW.patient_id) OR (patient_merge.stays_id = OLD.patient_id AND patient_merge.goes_id = NEW.patient_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_red_flag_answer', CONSTRAINT = 'append_only_red_flag_answer'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_red_flag_answer_patient_id BEFORE UPDATE OF patient_id ON red_flag_answer FOR EACH ROW EXECUTE FUNCTION append_only_red_flag_answer_patient_id()

-- next

CREATE TABLE self_pay (
	id BIGINT NOT NULL, 
	patient_id BIGINT NOT NULL, 
	valid_from DATE NOT NULL, 
	valid_until DATE, 
	withholds_from_payer BOOLEAN NOT NULL, 
	reason VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_self_pay PRIMARY KEY (id), 
	CONSTRAINT ck_self_pay_ends_after_start CHECK (valid_until >= valid_from), 
	CONSTRAINT fk_self_pay_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
)

-- next

CREATE INDEX ix_self_pay_patient_id ON self_pay (patient_id, valid_from)

-- next

ALTER TABLE self_pay ADD CONSTRAINT no_overlap_self_pay EXCLUDE USING gist (patient_id WITH =, daterange(valid_from, valid_until, '[]') WITH &&)

-- next

CREATE TABLE slot_hold (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	provider_id BIGINT NOT NULL, 
	visit_type_id BIGINT NOT NULL, 
	patient_id BIGINT, 
	starts TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
	ends TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
	held_by VARCHAR(120) NOT NULL, 
	user_id BIGINT, 
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_slot_hold PRIMARY KEY (id), 
	CONSTRAINT ck_slot_hold_ends_after_start CHECK (ends > starts), 
	CONSTRAINT fk_slot_hold_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id), 
	CONSTRAINT fk_slot_hold_visit_type_id FOREIGN KEY(visit_type_id) REFERENCES visit_type (id), 
	CONSTRAINT fk_slot_hold_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_slot_hold_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_slot_hold_expires_at ON slot_hold (expires_at)

-- next

CREATE TABLE template_session_room (
	id BIGINT NOT NULL, 
	template_session_id BIGINT NOT NULL, 
	room_id BIGINT NOT NULL, 
	CONSTRAINT pk_template_session_room PRIMARY KEY (id), 
	CONSTRAINT uq_template_session_room_template_session_id_room_id UNIQUE (template_session_id, room_id), 
	CONSTRAINT fk_template_session_room_template_session_id FOREIGN KEY(template_session_id) REFERENCES template_session (id), 
	CONSTRAINT fk_template_session_room_room_id FOREIGN KEY(room_id) REFERENCES room (id)
)

-- next

CREATE TABLE account_member (
	id BIGINT NOT NULL, 
	account_id BIGINT NOT NULL, 
	patient_id BIGINT NOT NULL, 
	valid_from DATE NOT NULL, 
	valid_until DATE, 
	CONSTRAINT pk_account_member PRIMARY KEY (id), 
	CONSTRAINT ck_account_member_ends_after_start CHECK (valid_until >= valid_from), 
	CONSTRAINT fk_account_member_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_account_member_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
)

-- next

CREATE INDEX ix_account_member_account_id ON account_member (account_id)

-- next

CREATE INDEX ix_account_member_patient_id ON account_member (patient_id)

-- next

ALTER TABLE account_member ADD CONSTRAINT no_overlap_account_member EXCLUDE USING gist (patient_id WITH =, daterange(valid_from, valid_until, '[]') WITH &&)

-- next

CREATE TABLE amendment_request (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	patient_id BIGINT NOT NULL, 
	asked_by TEXT NOT NULL, 
	relation TEXT NOT NULL, 
	arrival VARCHAR(6) NOT NULL, 
	received_on DATE NOT NULL, 
	what TEXT NOT NULL, 
	wanted TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	letter_id BIGINT, 
	state VARCHAR(9) NOT NULL, 
	due_on DATE NOT NULL, 
	is_extended BOOLEAN NOT NULL, 
	is_answered BOOLEAN NOT NULL, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	events INTEGER NOT NULL, 
	CONSTRAINT pk_amendment_request PRIMARY KEY (id), 
	CONSTRAINT uq_amendment_request_number UNIQUE (number), 
	CONSTRAINT ck_amendment_request_what CHECK (trim(what) <> '' AND length(what) <= 2000), 
	CONSTRAINT ck_amendment_request_wanted CHECK (trim(wanted) <> '' AND length(wanted) <= 2000), 
	CONSTRAINT ck_amendment_request_asked_by CHECK (trim(asked_by) <> '' AND length(asked_by) <= 120), 
	CONSTRAINT ck_amendment_request_texts_short CHECK (length(reason) <= 2000 AND length(relation) <= 60), 
	CONSTRAINT ck_amendment_request_due_later CHECK (due_on > received_on), 
	CONSTRAINT fk_amendment_request_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT ck_amendment_request_amendment_arrival CHECK (arrival IN ('letter', 'hand', 'portal', 'spoken')), 
	CONSTRAINT fk_amendment_request_letter_id FOREIGN KEY(letter_id) REFERENCES document (id), 
	CONSTRAINT ck_amendment_request_amendment_state CHECK (state IN ('open', 'accepted', 'in_part', 'denied', 'withdrawn'))
)

-- next

CREATE INDEX ix_amendment_request_patient_id ON amendment_request (patient_id)

-- next

CREATE INDEX ix_amendment_request_state_due_on ON amendment_request (state, due_on)

-- next

CREATE TABLE appointment_event (
	id BIGINT NOT NULL, 
	appointment_id BIGINT NOT NULL, 
	kind VARCHAR(17) NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	user_id BIGINT, 
	station_id BIGINT NOT NULL, 
	corrects_id BIGINT, 
	reason VARCHAR(200) NOT NULL, 
	starts TIMESTAMP WITHOUT TIME ZONE, 
	ends TIMESTAMP WITHOUT TIME ZONE, 
	provider_id BIGINT, 
	is_overbooked BOOLEAN NOT NULL, 
	room_id BIGINT, 
	channel VARCHAR(9), 
	outcome VARCHAR(12), 
	cancelled_by VARCHAR(8), 
	is_late BOOLEAN NOT NULL, 
	wants_rebooking BOOLEAN NOT NULL, 
	leaves_book BOOLEAN NOT NULL, 
	rescheduled_to_id BIGINT, 
	CONSTRAINT pk_appointment_event PRIMARY KEY (id), 
	CONSTRAINT ck_appointment_event_placed_somewhere CHECK (kind NOT IN ('booked', 'moved', 'resized') OR (starts IS NOT NULL AND ends > starts AND provider_id IS NOT NULL)), 
	CONSTRAINT ck_appointment_event_roomed_in_a_room CHECK (kind <> 'roomed' OR room_id IS NOT NULL), 
	CONSTRAINT ck_appointment_event_contacted CHECK (kind <> 'contacted' OR (channel IS NOT NULL AND outcome IS NOT NULL)), 
	CONSTRAINT ck_appointment_event_cancelled_by_somebody CHECK (kind <> 'cancelled' OR cancelled_by IS NOT NULL), 
	CONSTRAINT ck_appointment_event_takes_something_back CHECK (kind <> 'taken_back' OR corrects_id IS NOT NULL), 
	CONSTRAINT ck_appointment_event_rescheduled CHECK (kind <> 'rescheduled' OR rescheduled_to_id IS NOT NULL), 
	CONSTRAINT ck_appointment_event_goes_on_after_end CHECK (NOT (wants_rebooking OR leaves_book) OR kind IN ('cancelled', 'no_show')), 
	CONSTRAINT ck_appointment_event_no_longer_wanted_because CHECK (kind <> 'no_longer_wanted' OR reason <> ''), 
	CONSTRAINT fk_appointment_event_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT ck_appointment_event_event_kind CHECK (kind IN ('booked', 'moved', 'resized', 'contacted', 'cancelled', 'no_show', 'restored', 'rescheduled', 'entered_in_error', 'arrived', 'check_in_started', 'ready', 'roomed', 'provider_in', 'provider_out', 'check_out_started', 'completed', 'left', 'no_longer_wanted', 'taken_back')), 
	CONSTRAINT fk_appointment_event_user_id FOREIGN KEY(user_id) REFERENCES user_account (id), 
	CONSTRAINT fk_appointment_event_station_id FOREIGN KEY(station_id) REFERENCES station (id), 
	CONSTRAINT fk_appointment_event_corrects_id FOREIGN KEY(corrects_id) REFERENCES appointment_event (id), 
	CONSTRAINT fk_appointment_event_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id), 
	CONSTRAINT fk_appointment_event_room_id FOREIGN KEY(room_id) REFERENCES room (id), 
	CONSTRAINT ck_appointment_event_channel CHECK (channel IN ('phone', 'text', 'email', 'in_person', 'letter')), 
	CONSTRAINT ck_appointment_event_confirmation CHECK (outcome IN ('none', 'attempted', 'message_left', 'confirmed', 'declined', 'unreachable')), 
	CONSTRAINT ck_appointment_event_cancelled_by CHECK (cancelled_by IN ('patient', 'office', 'provider')), 
	CONSTRAINT fk_appointment_event_rescheduled_to_id FOREIGN KEY(rescheduled_to_id) REFERENCES appointment (id)
)

-- next

CREATE INDEX ix_appointment_event_appointment_id ON appointment_event (appointment_id)

-- next

CREATE TRIGGER append_only_appointment_event_delete BEFORE DELETE ON appointment_event FOR EACH ROW EXECUTE FUNCTION refuse('append_only_appointment_event')

-- next

CREATE TRIGGER append_only_appointment_event_update BEFORE UPDATE OF id, appointment_id, kind, at, recorded_at, user_id, station_id, corrects_id, reason, starts, ends, provider_id, is_overbooked, room_id, channel, outcome, cancelled_by, is_late, wants_rebooking, leaves_book, rescheduled_to_id ON appointment_event FOR EACH ROW EXECUTE FUNCTION refuse('append_only_appointment_event')

-- next

CREATE OR REPLACE FUNCTION no_show_of_sealed_day() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.kind IN ('no_show', 'taken_back', 'restored') AND (NEW.kind = 'no_show' OR EXISTS (SELECT 1 FROM appointment_event AS missed WHERE missed.kind = 'no_show' AND missed.appointment_id = NEW.appointment_id AND (NEW.kind = 'restored' OR missed.id = NEW.corrects_id))) AND EXISTS (SELECT 1 FROM appointment, day_close WHERE appointment.id = NEW.appointment_id AND date(appointment.starts) <= day_close.closed_on) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'no_show_of_sealed_day', CONSTRAINT = 'no_show_of_sealed_day'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER no_show_of_sealed_day BEFORE INSERT ON appointment_event FOR EACH ROW EXECUTE FUNCTION no_show_of_sealed_day()

-- next

CREATE TABLE boxed_volume (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	box_id BIGINT NOT NULL, 
	volume_id BIGINT NOT NULL, 
	put_in_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	taken_out_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_boxed_volume PRIMARY KEY (id), 
	CONSTRAINT fk_boxed_volume_box_id FOREIGN KEY(box_id) REFERENCES storage_box (id), 
	CONSTRAINT fk_boxed_volume_volume_id FOREIGN KEY(volume_id) REFERENCES chart_volume (id)
)

-- next

CREATE INDEX ix_boxed_volume_box_id ON boxed_volume (box_id)

-- next

CREATE UNIQUE INDEX uq_boxed_volume_once ON boxed_volume (volume_id) WHERE taken_out_at IS NULL

-- next

CREATE TABLE card_scan (
	id BIGINT NOT NULL, 
	policy_id BIGINT NOT NULL, 
	side VARCHAR(5) NOT NULL, 
	document_id BIGINT NOT NULL, 
	scanned_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_card_scan PRIMARY KEY (id), 
	CONSTRAINT fk_card_scan_policy_id FOREIGN KEY(policy_id) REFERENCES policy (id), 
	CONSTRAINT ck_card_scan_card_side CHECK (side IN ('front', 'back')), 
	CONSTRAINT fk_card_scan_document_id FOREIGN KEY(document_id) REFERENCES document (id)
)

-- next

CREATE INDEX ix_card_scan_document_id ON card_scan (document_id)

-- next

CREATE INDEX ix_card_scan_policy_side ON card_scan (policy_id, side, scanned_at)

-- next

CREATE TRIGGER append_only_card_scan_delete BEFORE DELETE ON card_scan FOR EACH ROW EXECUTE FUNCTION refuse('append_only_card_scan')

-- next

CREATE TRIGGER append_only_card_scan_update BEFORE UPDATE OF id, policy_id, side, document_id, scanned_at ON card_scan FOR EACH ROW EXECUTE FUNCTION refuse('append_only_card_scan')

-- next

CREATE TABLE collection_call (
	id BIGINT NOT NULL, 
	account_id BIGINT NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	done_by TEXT NOT NULL, 
	done_by_id BIGINT, 
	outcome VARCHAR(12) NOT NULL, 
	words TEXT NOT NULL, 
	CONSTRAINT pk_collection_call PRIMARY KEY (id), 
	CONSTRAINT ck_collection_call_words CHECK (trim(words) <> '' AND length(words) <= 400), 
	CONSTRAINT fk_collection_call_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_collection_call_done_by_id FOREIGN KEY(done_by_id) REFERENCES user_account (id), 
	CONSTRAINT ck_collection_call_call_outcome CHECK (outcome IN ('reached', 'no_answer', 'voicemail', 'call_back', 'disputes', 'wrong_number'))
)

-- next

CREATE INDEX ix_collection_call_account_id ON collection_call (account_id)

-- next

CREATE TRIGGER append_only_collection_call_delete BEFORE DELETE ON collection_call FOR EACH ROW EXECUTE FUNCTION refuse('append_only_collection_call')

-- next

CREATE TRIGGER append_only_collection_call_update BEFORE UPDATE OF id, at, done_by, done_by_id, outcome, words ON collection_call FOR EACH ROW EXECUTE FUNCTION refuse('append_only_collection_call')

-- next

CREATE OR REPLACE FUNCTION append_only_collection_call_account_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.account_id IS DISTINCT FROM OLD.account_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.account_goes_id = OLD.account_id AND patient_merge.account_stays_id = NEW.account_id) OR (patient_merge.account_stays_id = OLD.account_id AND patient_merge.account_goes_id = NEW.account_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_collection_call', CONSTRAINT = 'append_only_collection_call'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_collection_call_account_id BEFORE UPDATE OF account_id ON collection_call FOR EACH ROW EXECUTE FUNCTION append_only_collection_call_account_id()

-- next

CREATE TABLE collection_step (
	id BIGINT NOT NULL, 
	account_id BIGINT NOT NULL, 
	follows_id BIGINT, 
	stage VARCHAR(13) NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	done_by TEXT NOT NULL, 
	done_by_id BIGINT, 
	words TEXT NOT NULL, 
	next_on DATE, 
	owed_cents BIGINT NOT NULL, 
	CONSTRAINT pk_collection_step PRIMARY KEY (id), 
	CONSTRAINT ck_collection_step_words CHECK (length(words) <= 400), 
	CONSTRAINT ck_collection_step_follows_another CHECK (follows_id <> id), 
	CONSTRAINT fk_collection_step_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT uq_collection_step_follows_id UNIQUE (follows_id), 
	CONSTRAINT fk_collection_step_follows_id FOREIGN KEY(follows_id) REFERENCES collection_step (id), 
	CONSTRAINT ck_collection_step_stage CHECK (stage IN ('open', 'first_notice', 'call', 'promise', 'final_notice', 'agency_review', 'placed', 'recalled', 'settled')), 
	CONSTRAINT fk_collection_step_done_by_id FOREIGN KEY(done_by_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_collection_step_account_id ON collection_step (account_id, id)

-- next

CREATE TRIGGER append_only_collection_step_delete BEFORE DELETE ON collection_step FOR EACH ROW EXECUTE FUNCTION refuse('append_only_collection_step')

-- next

CREATE TRIGGER append_only_collection_step_update BEFORE UPDATE OF id, follows_id, stage, at, done_by, done_by_id, words, next_on, owed_cents ON collection_step FOR EACH ROW EXECUTE FUNCTION refuse('append_only_collection_step')

-- next

CREATE OR REPLACE FUNCTION append_only_collection_step_account_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.account_id IS DISTINCT FROM OLD.account_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.account_goes_id = OLD.account_id AND patient_merge.account_stays_id = NEW.account_id) OR (patient_merge.account_stays_id = OLD.account_id AND patient_merge.account_goes_id = NEW.account_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_collection_step', CONSTRAINT = 'append_only_collection_step'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_collection_step_account_id BEFORE UPDATE OF account_id ON collection_step FOR EACH ROW EXECUTE FUNCTION append_only_collection_step_account_id()

-- next

CREATE OR REPLACE FUNCTION collection_step_two_persons() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.stage = 'placed' AND NOT EXISTS (SELECT 1 FROM collection_step AS asked WHERE asked.id = NEW.follows_id AND asked.stage = 'agency_review' AND CASE WHEN asked.done_by_id IS NOT NULL AND NEW.done_by_id IS NOT NULL THEN asked.done_by_id <> NEW.done_by_id ELSE asked.done_by <> NEW.done_by END) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'collection_step_two_persons', CONSTRAINT = 'collection_step_two_persons'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER collection_step_two_persons BEFORE INSERT ON collection_step FOR EACH ROW EXECUTE FUNCTION collection_step_two_persons()

-- next

CREATE TABLE consent (
	id BIGINT NOT NULL, 
	patient_id BIGINT NOT NULL, 
	sealed_patient_id BIGINT NOT NULL, 
	form_id BIGINT NOT NULL, 
	answer VARCHAR(7) NOT NULL, 
	medium VARCHAR(6) NOT NULL, 
	title TEXT NOT NULL, 
	text_frozen TEXT NOT NULL, 
	answered_on DATE NOT NULL, 
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	expires_on DATE, 
	signer_name TEXT NOT NULL, 
	relation TEXT NOT NULL, 
	authority TEXT NOT NULL, 
	contact_id BIGINT, 
	note TEXT NOT NULL, 
	interpreter TEXT NOT NULL, 
	answers TEXT NOT NULL, 
	strokes TEXT NOT NULL, 
	witness_name TEXT NOT NULL, 
	witness_strokes TEXT NOT NULL, 
	revokes_id BIGINT, 
	counts_from DATE, 
	document_id BIGINT, 
	print_id BIGINT, 
	taken_by_id BIGINT, 
	parts TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_consent PRIMARY KEY (id), 
	CONSTRAINT ck_consent_sha256_whole CHECK (length(sha256) = 64), 
	CONSTRAINT ck_consent_revokes_one CHECK ((answer = 'revoked') = (revokes_id IS NOT NULL)), 
	CONSTRAINT ck_consent_strokes CHECK ((strokes <> '') = (answer = 'signed' AND medium = 'screen')), 
	CONSTRAINT ck_consent_witness_strokes CHECK (witness_strokes = '' OR (strokes <> '' AND trim(witness_name) <> '')), 
	CONSTRAINT ck_consent_expires_on CHECK (answer = 'signed' OR expires_on IS NULL), 
	CONSTRAINT ck_consent_counts_from CHECK ((answer = 'revoked') = (counts_from IS NOT NULL)), 
	CONSTRAINT ck_consent_counts_later CHECK (counts_from >= answered_on), 
	CONSTRAINT ck_consent_printed CHECK (print_id IS NULL OR medium = 'paper'), 
	CONSTRAINT uq_consent_revokes_id UNIQUE (revokes_id), 
	CONSTRAINT uq_consent_print_id UNIQUE (print_id), 
	CONSTRAINT ck_consent_expires_later CHECK (expires_on >= answered_on), 
	CONSTRAINT fk_consent_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_consent_form_id FOREIGN KEY(form_id) REFERENCES consent_form (id), 
	CONSTRAINT ck_consent_answer CHECK (answer IN ('signed', 'refused', 'revoked')), 
	CONSTRAINT ck_consent_medium CHECK (medium IN ('screen', 'paper', 'spoken')), 
	CONSTRAINT fk_consent_contact_id FOREIGN KEY(contact_id) REFERENCES patient_contact (id), 
	CONSTRAINT fk_consent_revokes_id FOREIGN KEY(revokes_id) REFERENCES consent (id), 
	CONSTRAINT fk_consent_document_id FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT fk_consent_print_id FOREIGN KEY(print_id) REFERENCES consent_print (id), 
	CONSTRAINT fk_consent_taken_by_id FOREIGN KEY(taken_by_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_consent_contact_id ON consent (contact_id)

-- next

CREATE INDEX ix_consent_form_id ON consent (form_id)

-- next

CREATE INDEX ix_consent_patient_id_answered_on ON consent (patient_id, answered_on)

-- next

CREATE TRIGGER append_only_consent_delete BEFORE DELETE ON consent FOR EACH ROW EXECUTE FUNCTION refuse('append_only_consent')

-- next

CREATE TRIGGER append_only_consent_update BEFORE UPDATE OF id, sealed_patient_id, form_id, answer, medium, title, text_frozen, answered_on, recorded_at, expires_on, signer_name, relation, authority, contact_id, note, interpreter, answers, strokes, witness_name, witness_strokes, revokes_id, counts_from, document_id, print_id, taken_by_id, parts, sha256 ON consent FOR EACH ROW EXECUTE FUNCTION refuse('append_only_consent')

-- next

CREATE OR REPLACE FUNCTION append_only_consent_patient_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.patient_id IS DISTINCT FROM OLD.patient_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.goes_id = OLD.patient_id AND patient_merge.stays_id = NEW.patient_id) OR (patient_merge.stays_id = OLD.patient_id AND patient_merge.goes_id = NEW.patient_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_consent', CONSTRAINT = 'append_only_consent'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_consent_patient_id BEFORE UPDATE OF patient_id ON consent FOR EACH ROW EXECUTE FUNCTION append_only_consent_patient_id()

-- next

CREATE TABLE coverage (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	patient_id BIGINT NOT NULL, 
	policy_id BIGINT NOT NULL, 
	rank INTEGER NOT NULL, 
	relationship VARCHAR(6) NOT NULL, 
	effective_from DATE NOT NULL, 
	effective_until DATE, 
	is_active BOOLEAN NOT NULL, 
	case_number VARCHAR(40) NOT NULL, 
	secondary_reason VARCHAR(2), 
	cob_note TEXT NOT NULL, 
	CONSTRAINT pk_coverage PRIMARY KEY (id), 
	CONSTRAINT ck_coverage_cob_note_short CHECK (length(cob_note) <= 500), 
	CONSTRAINT ck_coverage_first_is_not_secondary CHECK (secondary_reason IS NULL OR rank > 1), 
	CONSTRAINT ck_coverage_rank_one_to_nine CHECK (rank BETWEEN 1 AND 9), 
	CONSTRAINT ck_coverage_ends_after_start CHECK (effective_until >= effective_from), 
	CONSTRAINT fk_coverage_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_coverage_policy_id FOREIGN KEY(policy_id) REFERENCES policy (id), 
	CONSTRAINT ck_coverage_relationship CHECK (relationship IN ('self', 'spouse', 'child', 'other')), 
	CONSTRAINT ck_coverage_medicare_secondary CHECK (secondary_reason IN ('12', '13', '14', '15', '16', '41', '42', '43', '47'))
)

-- next

CREATE INDEX ix_coverage_patient_id ON coverage (patient_id)

-- next

CREATE INDEX ix_coverage_policy_id ON coverage (policy_id)

-- next

ALTER TABLE coverage ADD CONSTRAINT no_overlap_coverage EXCLUDE USING gist (patient_id WITH =, case_number WITH =, rank WITH =, daterange(effective_from, effective_until, '[]') WITH &&) WHERE (is_active)

-- next

CREATE TABLE demographics_review (
	id BIGINT NOT NULL, 
	patient_id BIGINT NOT NULL, 
	section VARCHAR(8) NOT NULL, 
	reviewed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	reviewed_by VARCHAR(120) NOT NULL, 
	appointment_id BIGINT, 
	CONSTRAINT pk_demographics_review PRIMARY KEY (id), 
	CONSTRAINT fk_demographics_review_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT ck_demographics_review_section CHECK (section IN ('identity', 'details', 'address', 'phones', 'contacts', 'coverage')), 
	CONSTRAINT fk_demographics_review_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id)
)

-- next

CREATE INDEX ix_demographics_review_appointment_id ON demographics_review (appointment_id)

-- next

CREATE INDEX ix_demographics_review_latest ON demographics_review (patient_id, section, reviewed_at)

-- next

CREATE TRIGGER append_only_demographics_review_delete BEFORE DELETE ON demographics_review FOR EACH ROW EXECUTE FUNCTION refuse('append_only_demographics_review')

-- next

CREATE TRIGGER append_only_demographics_review_update BEFORE UPDATE OF id, section, reviewed_at, reviewed_by, appointment_id ON demographics_review FOR EACH ROW EXECUTE FUNCTION refuse('append_only_demographics_review')

-- next

CREATE OR REPLACE FUNCTION append_only_demographics_review_patient_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.patient_id IS DISTINCT FROM OLD.patient_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.goes_id = OLD.patient_id AND patient_merge.stays_id = NEW.patient_id) OR (patient_merge.stays_id = OLD.patient_id AND patient_merge.goes_id = NEW.patient_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_demographics_review', CONSTRAINT = 'append_only_demographics_review'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_demographics_review_patient_id BEFORE UPDATE OF patient_id ON demographics_review FOR EACH ROW EXECUTE FUNCTION append_only_demographics_review_patient_id()

-- next

CREATE TABLE disclosure_suspension (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	patient_id BIGINT NOT NULL, 
	agency TEXT NOT NULL, 
	stated_by TEXT NOT NULL, 
	is_written BOOLEAN NOT NULL, 
	starts_on DATE NOT NULL, 
	ends_on DATE NOT NULL, 
	document_id BIGINT, 
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	recorded_by TEXT NOT NULL, 
	CONSTRAINT pk_disclosure_suspension PRIMARY KEY (id), 
	CONSTRAINT ck_disclosure_suspension_ends CHECK (ends_on >= starts_on), 
	CONSTRAINT ck_disclosure_suspension_stated CHECK (trim(agency) <> '' AND trim(stated_by) <> ''), 
	CONSTRAINT ck_disclosure_suspension_paper_is_written CHECK ((document_id IS NULL) OR is_written), 
	CONSTRAINT fk_disclosure_suspension_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_disclosure_suspension_document_id FOREIGN KEY(document_id) REFERENCES document (id)
)

-- next

CREATE INDEX ix_disclosure_suspension_patient_id ON disclosure_suspension (patient_id)

-- next

CREATE TABLE disposal_item (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	run_id BIGINT NOT NULL, 
	number INTEGER NOT NULL, 
	document_id BIGINT, 
	volume_id BIGINT, 
	patient_id BIGINT NOT NULL, 
	title TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	dated_on DATE NOT NULL, 
	disposable_on DATE NOT NULL, 
	because TEXT NOT NULL, 
	decision VARCHAR(7) NOT NULL, 
	keep_reason TEXT NOT NULL, 
	ask_again_on DATE, 
	decided_at TIMESTAMP WITH TIME ZONE, 
	decided_by_id BIGINT, 
	outcome VARCHAR(8), 
	is_open BOOLEAN NOT NULL, 
	CONSTRAINT pk_disposal_item PRIMARY KEY (id), 
	CONSTRAINT uq_disposal_item_run_id_number UNIQUE (run_id, number), 
	CONSTRAINT uq_disposal_item_run_id_document_id UNIQUE (run_id, document_id), 
	CONSTRAINT ck_disposal_item_document_or_volume CHECK ((document_id IS NULL) <> (volume_id IS NULL)), 
	CONSTRAINT ck_disposal_item_kept_for_a_reason CHECK ((decision = 'keep') = (keep_reason <> '')), 
	CONSTRAINT ck_disposal_item_outcome_as_decided CHECK (outcome IS NULL OR decision = 'dispose'), 
	CONSTRAINT fk_disposal_item_run_id FOREIGN KEY(run_id) REFERENCES disposal_run (id), 
	CONSTRAINT fk_disposal_item_document_id FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT fk_disposal_item_volume_id FOREIGN KEY(volume_id) REFERENCES chart_volume (id), 
	CONSTRAINT fk_disposal_item_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT ck_disposal_item_decision CHECK (decision IN ('open', 'dispose', 'keep')), 
	CONSTRAINT fk_disposal_item_decided_by_id FOREIGN KEY(decided_by_id) REFERENCES user_account (id), 
	CONSTRAINT ck_disposal_item_outcome CHECK (outcome IN ('erased', 'shared', 'shredded'))
)

-- next

CREATE INDEX ix_disposal_item_document_id ON disposal_item (document_id)

-- next

CREATE INDEX ix_disposal_item_patient_id ON disposal_item (patient_id)

-- next

CREATE INDEX ix_disposal_item_volume_id ON disposal_item (volume_id)

-- next

CREATE UNIQUE INDEX uq_disposal_item_open ON disposal_item (document_id) WHERE is_open

-- next

CREATE UNIQUE INDEX uq_disposal_item_open_volume ON disposal_item (volume_id) WHERE is_open

-- next

CREATE TRIGGER disposal_item_done BEFORE UPDATE OF title, sha256, decision, outcome, keep_reason ON disposal_item FOR EACH ROW WHEN (OLD.outcome IS NOT NULL) EXECUTE FUNCTION refuse('disposal_run_is_done')

-- next

CREATE TRIGGER disposal_item_kept BEFORE DELETE ON disposal_item FOR EACH ROW EXECUTE FUNCTION refuse('disposal_run_is_done')

-- next

CREATE TABLE document_move (
	id BIGINT NOT NULL, 
	document_id BIGINT NOT NULL, 
	from_patient_id BIGINT NOT NULL, 
	to_patient_id BIGINT NOT NULL, 
	reason TEXT NOT NULL, 
	moved_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	moved_by_id BIGINT, 
	CONSTRAINT pk_document_move PRIMARY KEY (id), 
	CONSTRAINT ck_document_move_other_chart CHECK (from_patient_id <> to_patient_id), 
	CONSTRAINT fk_document_move_document_id FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT fk_document_move_from_patient_id FOREIGN KEY(from_patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_document_move_to_patient_id FOREIGN KEY(to_patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_document_move_moved_by_id FOREIGN KEY(moved_by_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_document_move_document_id ON document_move (document_id)

-- next

CREATE INDEX ix_document_move_from_patient_id ON document_move (from_patient_id)

-- next

CREATE TRIGGER append_only_document_move_delete BEFORE DELETE ON document_move FOR EACH ROW EXECUTE FUNCTION refuse('append_only_document_move')

-- next

CREATE TRIGGER append_only_document_move_update BEFORE UPDATE OF id, document_id, reason, moved_at, moved_by_id ON document_move FOR EACH ROW EXECUTE FUNCTION refuse('append_only_document_move')

-- next

CREATE OR REPLACE FUNCTION append_only_document_move_from_patient_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.from_patient_id IS DISTINCT FROM OLD.from_patient_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.goes_id = OLD.from_patient_id AND patient_merge.stays_id = NEW.from_patient_id) OR (patient_merge.stays_id = OLD.from_patient_id AND patient_merge.goes_id = NEW.from_patient_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_document_move', CONSTRAINT = 'append_only_document_move'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_document_move_from_patient_id BEFORE UPDATE OF from_patient_id ON document_move FOR EACH ROW EXECUTE FUNCTION append_only_document_move_from_patient_id()

-- next

CREATE OR REPLACE FUNCTION append_only_document_move_to_patient_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.to_patient_id IS DISTINCT FROM OLD.to_patient_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.goes_id = OLD.to_patient_id AND patient_merge.stays_id = NEW.to_patient_id) OR (patient_merge.stays_id = OLD.to_patient_id AND patient_merge.goes_id = NEW.to_patient_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_document_move', CONSTRAINT = 'append_only_document_move'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_document_move_to_patient_id BEFORE UPDATE OF to_patient_id ON document_move FOR EACH ROW EXECUTE FUNCTION append_only_document_move_to_patient_id()

-- next

CREATE TABLE document_reading (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	document_id BIGINT NOT NULL, 
	provider_id BIGINT NOT NULL, 
	asked_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	read_at TIMESTAMP WITH TIME ZONE, 
	read_by_id BIGINT, 
	CONSTRAINT pk_document_reading PRIMARY KEY (id), 
	CONSTRAINT uq_document_reading_document_id_provider_id UNIQUE (document_id, provider_id), 
	CONSTRAINT ck_document_reading_read_by_someone CHECK (read_at IS NOT NULL OR read_by_id IS NULL), 
	CONSTRAINT fk_document_reading_document_id FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT fk_document_reading_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id), 
	CONSTRAINT fk_document_reading_read_by_id FOREIGN KEY(read_by_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_document_reading_provider_id_read_at ON document_reading (provider_id, read_at)

-- next

CREATE TABLE document_version (
	id BIGINT NOT NULL, 
	document_id BIGINT NOT NULL, 
	number INTEGER NOT NULL, 
	cause VARCHAR(12) NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	media_type TEXT NOT NULL, 
	pages INTEGER, 
	made_of TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	made_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	made_by_id BIGINT, 
	CONSTRAINT pk_document_version PRIMARY KEY (id), 
	CONSTRAINT uq_document_version_document_id_number UNIQUE (document_id, number), 
	CONSTRAINT ck_document_version_number CHECK (number > 0), 
	CONSTRAINT ck_document_version_pages CHECK (pages > 0), 
	CONSTRAINT fk_document_version_document_id FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT ck_document_version_version_cause CHECK (cause IN ('came_in', 'arranged', 'split', 'joined', 'brought_back')), 
	CONSTRAINT fk_document_version_sha256 FOREIGN KEY(sha256) REFERENCES document_content (sha256), 
	CONSTRAINT fk_document_version_made_by_id FOREIGN KEY(made_by_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_document_version_sha256 ON document_version (sha256)

-- next

CREATE TRIGGER append_only_document_version_delete BEFORE DELETE ON document_version FOR EACH ROW EXECUTE FUNCTION refuse('append_only_document_version')

-- next

CREATE TRIGGER append_only_document_version_update BEFORE UPDATE OF id, document_id, number, cause, sha256, media_type, pages, made_of, reason, made_at, made_by_id ON document_version FOR EACH ROW EXECUTE FUNCTION refuse('append_only_document_version')

-- next

CREATE TABLE estimate (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	patient_id BIGINT NOT NULL, 
	visit_type_id BIGINT NOT NULL, 
	appointment_id BIGINT, 
	requested_on DATE, 
	CONSTRAINT pk_estimate PRIMARY KEY (id), 
	CONSTRAINT ck_estimate_called_for CHECK (appointment_id IS NOT NULL OR requested_on IS NOT NULL), 
	CONSTRAINT uq_estimate_number UNIQUE (number), 
	CONSTRAINT fk_estimate_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_estimate_visit_type_id FOREIGN KEY(visit_type_id) REFERENCES visit_type (id), 
	CONSTRAINT uq_estimate_appointment_id UNIQUE (appointment_id), 
	CONSTRAINT fk_estimate_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id)
)

-- next

CREATE INDEX ix_estimate_patient_id ON estimate (patient_id)

-- next

CREATE TABLE hardship (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	account_id BIGINT NOT NULL, 
	state VARCHAR(7) NOT NULL, 
	people INTEGER NOT NULL, 
	income_cents BIGINT NOT NULL, 
	proof TEXT NOT NULL, 
	asked_on DATE NOT NULL, 
	asked_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	asked_by TEXT NOT NULL, 
	asked_by_id BIGINT, 
	percent INTEGER, 
	expires_on DATE, 
	decided_at TIMESTAMP WITH TIME ZONE, 
	decided_by TEXT NOT NULL, 
	decided_by_id BIGINT, 
	because TEXT NOT NULL, 
	CONSTRAINT pk_hardship PRIMARY KEY (id), 
	CONSTRAINT ck_hardship_people CHECK (people BETWEEN 1 AND 30), 
	CONSTRAINT ck_hardship_income_possible CHECK (income_cents >= 0 AND income_cents < 10000000000), 
	CONSTRAINT ck_hardship_proof CHECK (trim(proof) <> '' AND length(proof) <= 400), 
	CONSTRAINT ck_hardship_because CHECK (length(because) <= 400), 
	CONSTRAINT ck_hardship_decided_with_reason CHECK ((state = 'asked') = (decided_at IS NULL) AND (decided_at IS NULL) = (because = '')), 
	CONSTRAINT ck_hardship_granted_with_terms CHECK ((state IN ('granted', 'ended')) = (percent IS NOT NULL) AND (percent IS NULL) = (expires_on IS NULL) AND (percent IS NULL OR percent BETWEEN 1 AND 100)), 
	CONSTRAINT ck_hardship_two_persons CHECK (decided_at IS NULL OR CASE WHEN decided_by_id IS NOT NULL AND asked_by_id IS NOT NULL THEN decided_by_id <> asked_by_id ELSE decided_by <> asked_by END), 
	CONSTRAINT fk_hardship_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT ck_hardship_hardship_state CHECK (state IN ('asked', 'granted', 'refused', 'ended')), 
	CONSTRAINT fk_hardship_asked_by_id FOREIGN KEY(asked_by_id) REFERENCES user_account (id), 
	CONSTRAINT fk_hardship_decided_by_id FOREIGN KEY(decided_by_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_hardship_account_id ON hardship (account_id)

-- next

CREATE TRIGGER append_only_hardship_delete BEFORE DELETE ON hardship FOR EACH ROW EXECUTE FUNCTION refuse('append_only_hardship')

-- next

CREATE TRIGGER append_only_hardship_update BEFORE UPDATE OF id, people, income_cents, proof, asked_on, asked_at, asked_by, asked_by_id ON hardship FOR EACH ROW EXECUTE FUNCTION refuse('append_only_hardship')

-- next

CREATE OR REPLACE FUNCTION append_only_hardship_account_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.account_id IS DISTINCT FROM OLD.account_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.account_goes_id = OLD.account_id AND patient_merge.account_stays_id = NEW.account_id) OR (patient_merge.account_stays_id = OLD.account_id AND patient_merge.account_goes_id = NEW.account_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_hardship', CONSTRAINT = 'append_only_hardship'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_hardship_account_id BEFORE UPDATE OF account_id ON hardship FOR EACH ROW EXECUTE FUNCTION append_only_hardship_account_id()

-- next

CREATE TABLE id_scan (
	id BIGINT NOT NULL, 
	patient_id BIGINT NOT NULL, 
	document_id BIGINT NOT NULL, 
	kind VARCHAR(14), 
	issued_by VARCHAR(60) NOT NULL, 
	expires_on DATE, 
	scanned_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_id_scan PRIMARY KEY (id), 
	CONSTRAINT fk_id_scan_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_id_scan_document_id FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT ck_id_scan_id_kind CHECK (kind IN ('driver_license', 'state_id', 'passport', 'military', 'tribal', 'school', 'other'))
)

-- next

CREATE INDEX ix_id_scan_document_id ON id_scan (document_id)

-- next

CREATE INDEX ix_id_scan_patient_id ON id_scan (patient_id)

-- next

CREATE TRIGGER append_only_id_scan_delete BEFORE DELETE ON id_scan FOR EACH ROW EXECUTE FUNCTION refuse('append_only_id_scan')

-- next

CREATE TRIGGER append_only_id_scan_update BEFORE UPDATE OF id, document_id, kind, issued_by, expires_on, scanned_at ON id_scan FOR EACH ROW EXECUTE FUNCTION refuse('append_only_id_scan')

-- next

CREATE OR REPLACE FUNCTION append_only_id_scan_patient_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.patient_id IS DISTINCT FROM OLD.patient_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.goes_id = OLD.patient_id AND patient_merge.stays_id = NEW.patient_id) OR (patient_merge.stays_id = OLD.patient_id AND patient_merge.goes_id = NEW.patient_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_id_scan', CONSTRAINT = 'append_only_id_scan'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_id_scan_patient_id BEFORE UPDATE OF patient_id ON id_scan FOR EACH ROW EXECUTE FUNCTION append_only_id_scan_patient_id()

-- next

CREATE TABLE identity_check (
	id BIGINT NOT NULL, 
	appointment_id BIGINT NOT NULL, 
	patient_id BIGINT NOT NULL, 
	identifiers TEXT NOT NULL, 
	checked_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	checked_by VARCHAR(120) NOT NULL, 
	user_id BIGINT, 
	station_id BIGINT NOT NULL, 
	CONSTRAINT pk_identity_check PRIMARY KEY (id), 
	CONSTRAINT ck_identity_check_identifiers_known CHECK (replace(replace(replace(replace(replace(replace(',' || identifiers || ',', ',name,', ','), ',birth_date,', ','), ',photo_id,', ','), ',address,', ','), ',phone,', ','), ',member_id,', ',') IN (',', ',,')), 
	CONSTRAINT ck_identity_check_two_identifiers CHECK (identifiers LIKE '%,%'), 
	CONSTRAINT fk_identity_check_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_identity_check_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_identity_check_user_id FOREIGN KEY(user_id) REFERENCES user_account (id), 
	CONSTRAINT fk_identity_check_station_id FOREIGN KEY(station_id) REFERENCES station (id)
)

-- next

CREATE INDEX ix_identity_check_appointment_id ON identity_check (appointment_id)

-- next

CREATE INDEX ix_identity_check_patient_id ON identity_check (patient_id)

-- next

CREATE TRIGGER append_only_identity_check_delete BEFORE DELETE ON identity_check FOR EACH ROW EXECUTE FUNCTION refuse('append_only_identity_check')

-- next

CREATE TRIGGER append_only_identity_check_update BEFORE UPDATE OF id, appointment_id, identifiers, checked_at, checked_by, user_id, station_id ON identity_check FOR EACH ROW EXECUTE FUNCTION refuse('append_only_identity_check')

-- next

CREATE OR REPLACE FUNCTION append_only_identity_check_patient_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.patient_id IS DISTINCT FROM OLD.patient_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.goes_id = OLD.patient_id AND patient_merge.stays_id = NEW.patient_id) OR (patient_merge.stays_id = OLD.patient_id AND patient_merge.goes_id = NEW.patient_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_identity_check', CONSTRAINT = 'append_only_identity_check'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_identity_check_patient_id BEFORE UPDATE OF patient_id ON identity_check FOR EACH ROW EXECUTE FUNCTION append_only_identity_check_patient_id()

-- next

CREATE TABLE legal_hold_document (
	id BIGINT NOT NULL, 
	hold_id BIGINT NOT NULL, 
	document_id BIGINT NOT NULL, 
	CONSTRAINT pk_legal_hold_document PRIMARY KEY (id), 
	CONSTRAINT uq_legal_hold_document_hold_id_document_id UNIQUE (hold_id, document_id), 
	CONSTRAINT fk_legal_hold_document_hold_id FOREIGN KEY(hold_id) REFERENCES legal_hold (id), 
	CONSTRAINT fk_legal_hold_document_document_id FOREIGN KEY(document_id) REFERENCES document (id)
)

-- next

CREATE INDEX ix_legal_hold_document_document_id ON legal_hold_document (document_id)

-- next

CREATE TRIGGER append_only_legal_hold_document_delete BEFORE DELETE ON legal_hold_document FOR EACH ROW EXECUTE FUNCTION refuse('append_only_legal_hold_document')

-- next

CREATE TRIGGER append_only_legal_hold_document_update BEFORE UPDATE OF id, hold_id, document_id ON legal_hold_document FOR EACH ROW EXECUTE FUNCTION refuse('append_only_legal_hold_document')

-- next

CREATE TABLE legal_hold_release (
	id BIGINT NOT NULL, 
	hold_id BIGINT NOT NULL, 
	reason TEXT NOT NULL, 
	released_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	released_by_id BIGINT, 
	released_by TEXT NOT NULL, 
	CONSTRAINT pk_legal_hold_release PRIMARY KEY (id), 
	CONSTRAINT ck_legal_hold_release_has_a_reason CHECK (trim(reason) <> ''), 
	CONSTRAINT uq_legal_hold_release_hold_id UNIQUE (hold_id), 
	CONSTRAINT fk_legal_hold_release_hold_id FOREIGN KEY(hold_id) REFERENCES legal_hold (id), 
	CONSTRAINT fk_legal_hold_release_released_by_id FOREIGN KEY(released_by_id) REFERENCES user_account (id)
)

-- next

CREATE TRIGGER append_only_legal_hold_release_delete BEFORE DELETE ON legal_hold_release FOR EACH ROW EXECUTE FUNCTION refuse('append_only_legal_hold_release')

-- next

CREATE TRIGGER append_only_legal_hold_release_update BEFORE UPDATE OF id, hold_id, reason, released_at, released_by_id, released_by ON legal_hold_release FOR EACH ROW EXECUTE FUNCTION refuse('append_only_legal_hold_release')

-- next

CREATE TABLE message (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	thread_id BIGINT, 
	patient_id BIGINT, 
	appointment_id BIGINT, 
	from_user_id BIGINT, 
	to_user_id BIGINT, 
	to_role_id BIGINT, 
	caller_name VARCHAR(120) NOT NULL, 
	caller_relation VARCHAR(60) NOT NULL, 
	call_back VARCHAR(20) NOT NULL, 
	subject VARCHAR(200) NOT NULL, 
	body TEXT NOT NULL, 
	priority VARCHAR(7) NOT NULL, 
	state VARCHAR(7) NOT NULL, 
	written_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	due_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_message PRIMARY KEY (id), 
	CONSTRAINT ck_message_addressed CHECK (to_user_id IS NOT NULL OR to_role_id IS NOT NULL), 
	CONSTRAINT ck_message_subject CHECK (subject <> ''), 
	CONSTRAINT fk_message_thread_id FOREIGN KEY(thread_id) REFERENCES message (id), 
	CONSTRAINT fk_message_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_message_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_message_from_user_id FOREIGN KEY(from_user_id) REFERENCES user_account (id), 
	CONSTRAINT fk_message_to_user_id FOREIGN KEY(to_user_id) REFERENCES user_account (id), 
	CONSTRAINT fk_message_to_role_id FOREIGN KEY(to_role_id) REFERENCES role (id), 
	CONSTRAINT ck_message_message_priority CHECK (priority IN ('now', 'today', 'routine')), 
	CONSTRAINT ck_message_message_state CHECK (state IN ('new', 'read', 'in work', 'waiting', 'done'))
)

-- next

CREATE INDEX ix_message_open ON message (state, to_user_id, to_role_id)

-- next

CREATE INDEX ix_message_patient_id ON message (patient_id)

-- next

CREATE INDEX ix_message_thread_id ON message (thread_id)

-- next

CREATE TABLE patient_merge (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	stays_id BIGINT NOT NULL, 
	goes_id BIGINT NOT NULL, 
	account_stays_id BIGINT, 
	account_goes_id BIGINT, 
	state VARCHAR(11) NOT NULL, 
	reason TEXT NOT NULL, 
	choices TEXT NOT NULL, 
	prepared_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	prepared_by VARCHAR(120) NOT NULL, 
	prepared_by_id BIGINT, 
	merged_at TIMESTAMP WITH TIME ZONE, 
	merged_by VARCHAR(120) NOT NULL, 
	merged_by_id BIGINT, 
	is_alone BOOLEAN NOT NULL, 
	status_before VARCHAR(11), 
	last_id BIGINT, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	ended_by VARCHAR(120) NOT NULL, 
	ended_by_id BIGINT, 
	ended_reason TEXT NOT NULL, 
	is_moving BOOLEAN NOT NULL, 
	CONSTRAINT pk_patient_merge PRIMARY KEY (id), 
	CONSTRAINT ck_patient_merge_two_charts CHECK (stays_id <> goes_id), 
	CONSTRAINT ck_patient_merge_reason CHECK (trim(reason) <> '' AND length(reason) <= 300), 
	CONSTRAINT ck_patient_merge_ended_reason CHECK (length(ended_reason) <= 300), 
	CONSTRAINT ck_patient_merge_merged_with_time CHECK ((state IN ('merged', 'taken_apart')) = (merged_at IS NOT NULL)), 
	CONSTRAINT ck_patient_merge_ended_with_time CHECK ((state IN ('withdrawn', 'taken_apart')) = (ended_at IS NOT NULL)), 
	CONSTRAINT ck_patient_merge_two_persons CHECK (is_alone OR merged_at IS NULL OR CASE WHEN merged_by_id IS NOT NULL AND prepared_by_id IS NOT NULL THEN merged_by_id <> prepared_by_id ELSE merged_by <> prepared_by END), 
	CONSTRAINT ck_patient_merge_two_accounts CHECK ((account_stays_id IS NULL) = (account_goes_id IS NULL)), 
	CONSTRAINT fk_patient_merge_stays_id FOREIGN KEY(stays_id) REFERENCES patient (id), 
	CONSTRAINT fk_patient_merge_goes_id FOREIGN KEY(goes_id) REFERENCES patient (id), 
	CONSTRAINT fk_patient_merge_account_stays_id FOREIGN KEY(account_stays_id) REFERENCES account (id), 
	CONSTRAINT fk_patient_merge_account_goes_id FOREIGN KEY(account_goes_id) REFERENCES account (id), 
	CONSTRAINT ck_patient_merge_merge_state CHECK (state IN ('prepared', 'merged', 'withdrawn', 'taken_apart')), 
	CONSTRAINT fk_patient_merge_prepared_by_id FOREIGN KEY(prepared_by_id) REFERENCES user_account (id), 
	CONSTRAINT fk_patient_merge_merged_by_id FOREIGN KEY(merged_by_id) REFERENCES user_account (id), 
	CONSTRAINT ck_patient_merge_patient_status CHECK (status_before IN ('prospective', 'active', 'inactive', 'deceased', 'merged')), 
	CONSTRAINT fk_patient_merge_ended_by_id FOREIGN KEY(ended_by_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_patient_merge_goes_id ON patient_merge (goes_id)

-- next

CREATE INDEX ix_patient_merge_state ON patient_merge (state)

-- next

CREATE INDEX ix_patient_merge_stays_id ON patient_merge (stays_id)

-- next

CREATE UNIQUE INDEX uq_patient_merge_goes_once ON patient_merge (goes_id) WHERE state IN ('prepared', 'merged')

-- next

CREATE TRIGGER patient_merge_kept BEFORE DELETE ON patient_merge FOR EACH ROW EXECUTE FUNCTION refuse('patient_merge_kept')

-- next

CREATE TRIGGER patient_merge_sides BEFORE UPDATE OF stays_id, goes_id, reason, choices, prepared_at, prepared_by, prepared_by_id ON patient_merge FOR EACH ROW EXECUTE FUNCTION refuse('patient_merge_kept')

-- next

CREATE TRIGGER patient_merge_moves BEFORE UPDATE OF is_moving ON patient_merge FOR EACH ROW WHEN (NEW.is_moving AND NEW.state NOT IN ('merged', 'taken_apart')) EXECUTE FUNCTION refuse('patient_merge_moves')

-- next

CREATE TRIGGER patient_merge_begins_still BEFORE INSERT ON patient_merge FOR EACH ROW WHEN (NEW.is_moving) EXECUTE FUNCTION refuse('patient_merge_moves')

-- next

CREATE TABLE payment_plan (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	account_id BIGINT NOT NULL, 
	patient_id BIGINT NOT NULL, 
	agreed_on DATE NOT NULL, 
	agreed_by TEXT NOT NULL, 
	rhythm VARCHAR(9) NOT NULL, 
	total_cents BIGINT NOT NULL, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	ended_because TEXT NOT NULL, 
	CONSTRAINT pk_payment_plan PRIMARY KEY (id), 
	CONSTRAINT ck_payment_plan_total_possible CHECK (total_cents > 0 AND total_cents < 1000000000), 
	CONSTRAINT ck_payment_plan_ended_with_reason CHECK ((ended_at IS NULL) = (ended_because = '')), 
	CONSTRAINT ck_payment_plan_ended_because CHECK (length(ended_because) <= 200), 
	CONSTRAINT uq_payment_plan_number UNIQUE (number), 
	CONSTRAINT fk_payment_plan_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_payment_plan_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT ck_payment_plan_rhythm CHECK (rhythm IN ('two_weeks', 'month'))
)

-- next

CREATE INDEX ix_payment_plan_account_id ON payment_plan (account_id)

-- next

CREATE INDEX ix_payment_plan_patient_id ON payment_plan (patient_id)

-- next

CREATE TRIGGER append_only_payment_plan_delete BEFORE DELETE ON payment_plan FOR EACH ROW EXECUTE FUNCTION refuse('append_only_payment_plan')

-- next

CREATE TRIGGER append_only_payment_plan_update BEFORE UPDATE OF id, number, agreed_on, agreed_by, rhythm, total_cents ON payment_plan FOR EACH ROW EXECUTE FUNCTION refuse('append_only_payment_plan')

-- next

CREATE OR REPLACE FUNCTION append_only_payment_plan_account_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.account_id IS DISTINCT FROM OLD.account_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.account_goes_id = OLD.account_id AND patient_merge.account_stays_id = NEW.account_id) OR (patient_merge.account_stays_id = OLD.account_id AND patient_merge.account_goes_id = NEW.account_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_payment_plan', CONSTRAINT = 'append_only_payment_plan'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_payment_plan_account_id BEFORE UPDATE OF account_id ON payment_plan FOR EACH ROW EXECUTE FUNCTION append_only_payment_plan_account_id()

-- next

CREATE OR REPLACE FUNCTION append_only_payment_plan_patient_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.patient_id IS DISTINCT FROM OLD.patient_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.goes_id = OLD.patient_id AND patient_merge.stays_id = NEW.patient_id) OR (patient_merge.stays_id = OLD.patient_id AND patient_merge.goes_id = NEW.patient_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_payment_plan', CONSTRAINT = 'append_only_payment_plan'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_payment_plan_patient_id BEFORE UPDATE OF patient_id ON payment_plan FOR EACH ROW EXECUTE FUNCTION append_only_payment_plan_patient_id()

-- next

CREATE OR REPLACE FUNCTION payment_plan_line_sums() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.total_cents IS DISTINCT FROM (SELECT sum(amount_cents) FROM payment_plan_line WHERE plan_id = NEW.id) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'payment_plan_sums', CONSTRAINT = 'payment_plan_sums'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER payment_plan_line_sums BEFORE INSERT ON payment_plan FOR EACH ROW EXECUTE FUNCTION payment_plan_line_sums()

-- next

CREATE OR REPLACE FUNCTION payment_plan_instalment_sums() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.total_cents IS DISTINCT FROM (SELECT sum(amount_cents) FROM payment_plan_instalment WHERE plan_id = NEW.id) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'payment_plan_sums', CONSTRAINT = 'payment_plan_sums'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER payment_plan_instalment_sums BEFORE INSERT ON payment_plan FOR EACH ROW EXECUTE FUNCTION payment_plan_instalment_sums()

-- next

CREATE TABLE payment_promise (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	account_id BIGINT NOT NULL, 
	made_on DATE NOT NULL, 
	made_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	done_by TEXT NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	due_on DATE NOT NULL, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_payment_promise PRIMARY KEY (id), 
	CONSTRAINT ck_payment_promise_amount_possible CHECK (amount_cents > 0 AND amount_cents < 1000000000), 
	CONSTRAINT ck_payment_promise_due_later CHECK (due_on >= made_on), 
	CONSTRAINT fk_payment_promise_account_id FOREIGN KEY(account_id) REFERENCES account (id)
)

-- next

CREATE INDEX ix_payment_promise_account_id ON payment_promise (account_id)

-- next

CREATE TRIGGER append_only_payment_promise_delete BEFORE DELETE ON payment_promise FOR EACH ROW EXECUTE FUNCTION refuse('append_only_payment_promise')

-- next

CREATE TRIGGER append_only_payment_promise_update BEFORE UPDATE OF id, made_on, made_at, done_by, amount_cents, due_on ON payment_promise FOR EACH ROW EXECUTE FUNCTION refuse('append_only_payment_promise')

-- next

CREATE OR REPLACE FUNCTION append_only_payment_promise_account_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.account_id IS DISTINCT FROM OLD.account_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.account_goes_id = OLD.account_id AND patient_merge.account_stays_id = NEW.account_id) OR (patient_merge.account_stays_id = OLD.account_id AND patient_merge.account_goes_id = NEW.account_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_payment_promise', CONSTRAINT = 'append_only_payment_promise'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_payment_promise_account_id BEFORE UPDATE OF account_id ON payment_promise FOR EACH ROW EXECUTE FUNCTION append_only_payment_promise_account_id()

-- next

CREATE TABLE pinned_visit (
	id BIGINT NOT NULL, 
	appointment_id BIGINT NOT NULL, 
	user_id BIGINT, 
	pinned_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_pinned_visit PRIMARY KEY (id), 
	CONSTRAINT fk_pinned_visit_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_pinned_visit_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)

-- next

CREATE UNIQUE INDEX uq_pinned_visit ON pinned_visit (appointment_id, coalesce(user_id, 0)) WHERE ended_at IS NULL

-- next

CREATE TRIGGER append_only_pinned_visit_delete BEFORE DELETE ON pinned_visit FOR EACH ROW EXECUTE FUNCTION refuse('append_only_pinned_visit')

-- next

CREATE TRIGGER append_only_pinned_visit_update BEFORE UPDATE OF id, appointment_id, user_id, pinned_at ON pinned_visit FOR EACH ROW EXECUTE FUNCTION refuse('append_only_pinned_visit')

-- next

CREATE TABLE pull_list_print_line (
	id BIGINT NOT NULL, 
	print_id BIGINT NOT NULL, 
	volume_id BIGINT NOT NULL, 
	CONSTRAINT pk_pull_list_print_line PRIMARY KEY (id), 
	CONSTRAINT uq_pull_list_print_line_print_id_volume_id UNIQUE (print_id, volume_id), 
	CONSTRAINT fk_pull_list_print_line_print_id FOREIGN KEY(print_id) REFERENCES pull_list_print (id), 
	CONSTRAINT fk_pull_list_print_line_volume_id FOREIGN KEY(volume_id) REFERENCES chart_volume (id)
)

-- next

CREATE INDEX ix_pull_list_print_line_volume_id ON pull_list_print_line (volume_id)

-- next

CREATE TRIGGER append_only_pull_list_print_line_delete BEFORE DELETE ON pull_list_print_line FOR EACH ROW EXECUTE FUNCTION refuse('append_only_pull_list_print_line')

-- next

CREATE TRIGGER append_only_pull_list_print_line_update BEFORE UPDATE OF id, print_id, volume_id ON pull_list_print_line FOR EACH ROW EXECUTE FUNCTION refuse('append_only_pull_list_print_line')

-- next

CREATE TABLE readiness (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	appointment_id BIGINT NOT NULL, 
	item VARCHAR(13) NOT NULL, 
	state VARCHAR(7) NOT NULL, 
	note VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_readiness PRIMARY KEY (id), 
	CONSTRAINT uq_readiness_appointment_id_item UNIQUE (appointment_id, item), 
	CONSTRAINT fk_readiness_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT ck_readiness_readiness_item CHECK (item IN ('chart', 'eligibility', 'authorization', 'forms', 'balance', 'preparation', 'records', 'resources')), 
	CONSTRAINT ck_readiness_readiness_state CHECK (state IN ('open', 'done', 'waived', 'blocked'))
)

-- next

CREATE TABLE receipt (
	id BIGINT NOT NULL, 
	number INTEGER NOT NULL, 
	account_id BIGINT NOT NULL, 
	patient_id BIGINT NOT NULL, 
	appointment_id BIGINT, 
	drawer_id BIGINT NOT NULL, 
	received_on DATE NOT NULL, 
	received_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	received_by TEXT NOT NULL, 
	total_cents BIGINT NOT NULL, 
	note TEXT NOT NULL, 
	CONSTRAINT pk_receipt PRIMARY KEY (id), 
	CONSTRAINT ck_receipt_total_possible CHECK (total_cents > 0 AND total_cents < 1000000000), 
	CONSTRAINT ck_receipt_note CHECK (length(note) <= 200), 
	CONSTRAINT uq_receipt_number UNIQUE (number), 
	CONSTRAINT fk_receipt_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_receipt_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_receipt_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_receipt_drawer_id FOREIGN KEY(drawer_id) REFERENCES cash_drawer (id)
)

-- next

CREATE INDEX ix_receipt_account_id ON receipt (account_id)

-- next

CREATE INDEX ix_receipt_appointment_id ON receipt (appointment_id)

-- next

CREATE INDEX ix_receipt_drawer_id_received_on ON receipt (drawer_id, received_on)

-- next

CREATE INDEX ix_receipt_patient_id ON receipt (patient_id)

-- next

CREATE TRIGGER append_only_receipt_delete BEFORE DELETE ON receipt FOR EACH ROW EXECUTE FUNCTION refuse('append_only_receipt')

-- next

CREATE TRIGGER append_only_receipt_update BEFORE UPDATE OF id, number, appointment_id, drawer_id, received_on, received_at, received_by, total_cents, note ON receipt FOR EACH ROW EXECUTE FUNCTION refuse('append_only_receipt')

-- next

CREATE OR REPLACE FUNCTION append_only_receipt_account_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.account_id IS DISTINCT FROM OLD.account_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.account_goes_id = OLD.account_id AND patient_merge.account_stays_id = NEW.account_id) OR (patient_merge.account_stays_id = OLD.account_id AND patient_merge.account_goes_id = NEW.account_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_receipt', CONSTRAINT = 'append_only_receipt'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_receipt_account_id BEFORE UPDATE OF account_id ON receipt FOR EACH ROW EXECUTE FUNCTION append_only_receipt_account_id()

-- next

CREATE OR REPLACE FUNCTION append_only_receipt_patient_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.patient_id IS DISTINCT FROM OLD.patient_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.goes_id = OLD.patient_id AND patient_merge.stays_id = NEW.patient_id) OR (patient_merge.stays_id = OLD.patient_id AND patient_merge.goes_id = NEW.patient_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_receipt', CONSTRAINT = 'append_only_receipt'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_receipt_patient_id BEFORE UPDATE OF patient_id ON receipt FOR EACH ROW EXECUTE FUNCTION append_only_receipt_patient_id()

-- next

CREATE OR REPLACE FUNCTION receipt_sums() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.total_cents IS DISTINCT FROM (SELECT sum(amount_cents) FROM receipt_tender WHERE receipt_tender.receipt_id = NEW.id) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'receipt_sums', CONSTRAINT = 'receipt_sums'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER receipt_sums BEFORE INSERT ON receipt FOR EACH ROW EXECUTE FUNCTION receipt_sums()

-- next

CREATE OR REPLACE FUNCTION drawer_is_counted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM drawer_count WHERE drawer_count.drawer_id = NEW.drawer_id AND drawer_count.counted_on >= NEW.received_on AND drawer_count.set_aside_at IS NULL) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'drawer_is_counted', CONSTRAINT = 'drawer_is_counted'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER drawer_is_counted BEFORE INSERT ON receipt FOR EACH ROW EXECUTE FUNCTION drawer_is_counted()

-- next

CREATE OR REPLACE FUNCTION receipt_of_sealed_day() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM day_close WHERE day_close.closed_on >= NEW.received_on) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'receipt_of_sealed_day', CONSTRAINT = 'receipt_of_sealed_day'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER receipt_of_sealed_day BEFORE INSERT ON receipt FOR EACH ROW EXECUTE FUNCTION receipt_of_sealed_day()

-- next

CREATE TABLE release_request (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	patient_id BIGINT NOT NULL, 
	state VARCHAR(17) NOT NULL, 
	requester VARCHAR(14) NOT NULL, 
	basis VARCHAR(15) NOT NULL, 
	requester_name TEXT NOT NULL, 
	attention TEXT NOT NULL, 
	requester_phone TEXT NOT NULL, 
	requester_fax TEXT NOT NULL, 
	requester_email TEXT NOT NULL, 
	requester_address TEXT NOT NULL, 
	their_reference TEXT NOT NULL, 
	contact_id BIGINT, 
	came_by VARCHAR(9) NOT NULL, 
	came_pages INTEGER, 
	received_on DATE NOT NULL, 
	letter_document_id BIGINT, 
	purpose TEXT NOT NULL, 
	covers_from DATE, 
	covers_until DATE, 
	covers_words TEXT NOT NULL, 
	categories TEXT NOT NULL, 
	copy_form VARCHAR(10) NOT NULL, 
	delivery VARCHAR(12) NOT NULL, 
	deliver_to TEXT NOT NULL, 
	wanted_by DATE, 
	due_on DATE NOT NULL, 
	first_due_on DATE, 
	extended_on DATE, 
	extension_reason TEXT NOT NULL, 
	owner_id BIGINT, 
	owner TEXT NOT NULL, 
	owned_since TIMESTAMP WITH TIME ZONE, 
	pages_found INTEGER NOT NULL, 
	pages_chosen INTEGER NOT NULL, 
	has_guarded BOOLEAN NOT NULL, 
	sign_at_visit_on DATE, 
	prepared_by_id BIGINT, 
	prepared_by TEXT NOT NULL, 
	prepared_at TIMESTAMP WITH TIME ZONE, 
	review_round INTEGER NOT NULL, 
	sent_on DATE, 
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	recorded_by_id BIGINT, 
	CONSTRAINT pk_release_request PRIMARY KEY (id), 
	CONSTRAINT uq_release_request_number UNIQUE (number), 
	CONSTRAINT ck_release_request_number CHECK (number > 0), 
	CONSTRAINT ck_release_request_requester_name CHECK (trim(requester_name) <> ''), 
	CONSTRAINT ck_release_request_covers CHECK (covers_until >= covers_from), 
	CONSTRAINT ck_release_request_came_pages CHECK (came_pages > 0), 
	CONSTRAINT ck_release_request_due_on CHECK (due_on >= received_on), 
	CONSTRAINT ck_release_request_extended CHECK ((extended_on IS NULL) = (first_due_on IS NULL)), 
	CONSTRAINT ck_release_request_extension_reason CHECK ((extended_on IS NULL) = (trim(extension_reason) = '')), 
	CONSTRAINT ck_release_request_owned CHECK ((owner = '') = (owned_since IS NULL)), 
	CONSTRAINT ck_release_request_prepared CHECK ((prepared_by = '') = (prepared_at IS NULL)), 
	CONSTRAINT ck_release_request_sent_on CHECK (state NOT IN ('sent', 'closed') OR sent_on IS NOT NULL), 
	CONSTRAINT ck_release_request_pages CHECK (pages_chosen BETWEEN 0 AND pages_found), 
	CONSTRAINT ck_release_request_purpose CHECK (length(purpose) <= 1000), 
	CONSTRAINT ck_release_request_covers_words CHECK (length(covers_words) <= 1000), 
	CONSTRAINT ck_release_request_categories CHECK (replace(replace(replace(replace(replace(replace(replace(',' || categories || ',', ',visit_note,', ','), ',lab_result,', ','), ',imaging,', ','), ',hospital,', ','), ',letter,', ','), ',consent,', ','), ',identity,', ',') IN (',', ',,')), 
	CONSTRAINT fk_release_request_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT ck_release_request_release_state CHECK (state IN ('new', 'identity_checked', 'waiting_signature', 'collecting', 'under_review', 'ready', 'sent', 'closed', 'denied', 'returned', 'withdrawn')), 
	CONSTRAINT ck_release_request_requester CHECK (requester IN ('patient', 'representative', 'attorney', 'insurer', 'employer', 'school', 'court', 'provider', 'public_health', 'government', 'other')), 
	CONSTRAINT ck_release_request_basis CHECK (basis IN ('access', 'authorization', 'treatment', 'payment', 'operations', 'court_order', 'subpoena', 'required_by_law', 'public_health')), 
	CONSTRAINT fk_release_request_contact_id FOREIGN KEY(contact_id) REFERENCES patient_contact (id), 
	CONSTRAINT ck_release_request_came_by CHECK (came_by IN ('in_person', 'mail', 'fax', 'email', 'portal', 'phone')), 
	CONSTRAINT fk_release_request_letter_document_id FOREIGN KEY(letter_document_id) REFERENCES document (id), 
	CONSTRAINT ck_release_request_copy_form CHECK (copy_form IN ('electronic', 'paper', 'inspect')), 
	CONSTRAINT ck_release_request_delivery CHECK (delivery IN ('pick_up', 'mail', 'fax', 'secure_email', 'email', 'media')), 
	CONSTRAINT fk_release_request_owner_id FOREIGN KEY(owner_id) REFERENCES user_account (id), 
	CONSTRAINT fk_release_request_prepared_by_id FOREIGN KEY(prepared_by_id) REFERENCES user_account (id), 
	CONSTRAINT fk_release_request_recorded_by_id FOREIGN KEY(recorded_by_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_release_request_contact_id ON release_request (contact_id)

-- next

CREATE INDEX ix_release_request_patient_id ON release_request (patient_id)

-- next

CREATE INDEX ix_release_request_state_due_on ON release_request (state, due_on)

-- next

CREATE TABLE reminder_reply (
	id BIGINT NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	channel VARCHAR(9) NOT NULL, 
	sender VARCHAR(254) NOT NULL, 
	said TEXT NOT NULL, 
	meaning VARCHAR(7) NOT NULL, 
	appointment_id BIGINT, 
	user_id BIGINT, 
	station_id BIGINT NOT NULL, 
	takes_back_id BIGINT, 
	CONSTRAINT pk_reminder_reply PRIMARY KEY (id), 
	CONSTRAINT ck_reminder_reply_from_somebody CHECK (trim(sender) <> ''), 
	CONSTRAINT ck_reminder_reply_said CHECK (length(said) <= 800), 
	CONSTRAINT ck_reminder_reply_not_itself CHECK (takes_back_id <> id), 
	CONSTRAINT ck_reminder_reply_channel CHECK (channel IN ('phone', 'text', 'email', 'in_person', 'letter')), 
	CONSTRAINT ck_reminder_reply_reply_meaning CHECK (meaning IN ('confirm', 'stop', 'start', 'decline', 'other')), 
	CONSTRAINT fk_reminder_reply_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_reminder_reply_user_id FOREIGN KEY(user_id) REFERENCES user_account (id), 
	CONSTRAINT fk_reminder_reply_station_id FOREIGN KEY(station_id) REFERENCES station (id), 
	CONSTRAINT uq_reminder_reply_takes_back_id UNIQUE (takes_back_id), 
	CONSTRAINT fk_reminder_reply_takes_back_id FOREIGN KEY(takes_back_id) REFERENCES reminder_reply (id)
)

-- next

CREATE INDEX ix_reminder_reply_appointment_id ON reminder_reply (appointment_id)

-- next

CREATE TRIGGER append_only_reminder_reply_delete BEFORE DELETE ON reminder_reply FOR EACH ROW EXECUTE FUNCTION refuse('append_only_reminder_reply')

-- next

CREATE TRIGGER append_only_reminder_reply_update BEFORE UPDATE OF id, at, channel, sender, said, meaning, appointment_id, user_id, station_id, takes_back_id ON reminder_reply FOR EACH ROW EXECUTE FUNCTION refuse('append_only_reminder_reply')

-- next

CREATE TABLE reminder_visit_off (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	appointment_id BIGINT NOT NULL, 
	rule_id BIGINT NOT NULL, 
	is_off BOOLEAN NOT NULL, 
	CONSTRAINT pk_reminder_visit_off PRIMARY KEY (id), 
	CONSTRAINT uq_reminder_visit_off_appointment_id_rule_id UNIQUE (appointment_id, rule_id), 
	CONSTRAINT fk_reminder_visit_off_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_reminder_visit_off_rule_id FOREIGN KEY(rule_id) REFERENCES reminder_rule (id)
)

-- next

CREATE TABLE remittance (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	payer_name TEXT NOT NULL, 
	payer_id BIGINT, 
	trace TEXT NOT NULL, 
	payer_identifier TEXT NOT NULL, 
	method TEXT NOT NULL, 
	paid_cents BIGINT NOT NULL, 
	claims_paid_cents BIGINT NOT NULL, 
	taken_back_cents BIGINT NOT NULL, 
	claims INTEGER NOT NULL, 
	paid_on DATE NOT NULL, 
	deposited_on DATE, 
	received_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	sha256 VARCHAR(64), 
	document_id BIGINT, 
	fingerprint TEXT NOT NULL, 
	state VARCHAR(9) NOT NULL, 
	held_reason TEXT NOT NULL, 
	posted_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_remittance PRIMARY KEY (id), 
	CONSTRAINT ck_remittance_posted_has_time CHECK ((state = 'posted') = (posted_at IS NOT NULL)), 
	CONSTRAINT ck_remittance_file_or_paper CHECK (sha256 IS NULL OR document_id IS NULL), 
	CONSTRAINT ck_remittance_held_has_reason CHECK (state <> 'held' OR held_reason <> ''), 
	CONSTRAINT fk_remittance_payer_id FOREIGN KEY(payer_id) REFERENCES payer (id), 
	CONSTRAINT fk_remittance_sha256 FOREIGN KEY(sha256) REFERENCES document_content (sha256), 
	CONSTRAINT fk_remittance_document_id FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT uq_remittance_fingerprint UNIQUE (fingerprint), 
	CONSTRAINT ck_remittance_remittance_state CHECK (state IN ('held', 'open', 'posted', 'discarded'))
)

-- next

CREATE INDEX ix_remittance_state ON remittance (state)

-- next

CREATE INDEX ix_remittance_trace ON remittance (trace)

-- next

CREATE UNIQUE INDEX uq_remittance_paper_check ON remittance (payer_id, trace) WHERE sha256 IS NULL AND method <> 'NON' AND state <> 'discarded'

-- next

CREATE TRIGGER append_only_remittance_delete BEFORE DELETE ON remittance FOR EACH ROW EXECUTE FUNCTION refuse('append_only_remittance')

-- next

CREATE TRIGGER append_only_remittance_update BEFORE UPDATE OF id, name, payer_name, trace, payer_identifier, method, paid_cents, claims_paid_cents, taken_back_cents, claims, paid_on, deposited_on, received_at, sha256, fingerprint ON remittance FOR EACH ROW EXECUTE FUNCTION refuse('append_only_remittance')

-- next

CREATE TABLE statement (
	id BIGINT NOT NULL, 
	number INTEGER NOT NULL, 
	account_id BIGINT NOT NULL, 
	issued_on DATE NOT NULL, 
	due_on DATE NOT NULL, 
	balance_cents BIGINT NOT NULL, 
	dunning_level INTEGER NOT NULL, 
	frozen TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	run_id BIGINT, 
	CONSTRAINT pk_statement PRIMARY KEY (id), 
	CONSTRAINT ck_statement_asks_for_something CHECK (balance_cents > 0), 
	CONSTRAINT ck_statement_due_later CHECK (due_on >= issued_on), 
	CONSTRAINT ck_statement_four_levels CHECK (dunning_level BETWEEN 0 AND 3), 
	CONSTRAINT uq_statement_number UNIQUE (number), 
	CONSTRAINT fk_statement_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_statement_sha256 FOREIGN KEY(sha256) REFERENCES document_content (sha256), 
	CONSTRAINT fk_statement_run_id FOREIGN KEY(run_id) REFERENCES statement_run (id)
)

-- next

CREATE INDEX ix_statement_account_id ON statement (account_id)

-- next

CREATE INDEX ix_statement_run_id ON statement (run_id)

-- next

CREATE TRIGGER append_only_statement_delete BEFORE DELETE ON statement FOR EACH ROW EXECUTE FUNCTION refuse('append_only_statement')

-- next

CREATE TRIGGER append_only_statement_update BEFORE UPDATE OF id, number, issued_on, due_on, balance_cents, dunning_level, frozen, sha256, run_id ON statement FOR EACH ROW EXECUTE FUNCTION refuse('append_only_statement')

-- next

CREATE OR REPLACE FUNCTION append_only_statement_account_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.account_id IS DISTINCT FROM OLD.account_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.account_goes_id = OLD.account_id AND patient_merge.account_stays_id = NEW.account_id) OR (patient_merge.account_stays_id = OLD.account_id AND patient_merge.account_goes_id = NEW.account_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_statement', CONSTRAINT = 'append_only_statement'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_statement_account_id BEFORE UPDATE OF account_id ON statement FOR EACH ROW EXECUTE FUNCTION append_only_statement_account_id()

-- next

CREATE TABLE statement_hold (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	account_id BIGINT NOT NULL, 
	because TEXT NOT NULL, 
	held_by TEXT NOT NULL, 
	held_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	until_on DATE, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_statement_hold PRIMARY KEY (id), 
	CONSTRAINT ck_statement_hold_because CHECK (trim(because) <> '' AND length(because) <= 200), 
	CONSTRAINT fk_statement_hold_account_id FOREIGN KEY(account_id) REFERENCES account (id)
)

-- next

CREATE INDEX ix_statement_hold_account_id ON statement_hold (account_id)

-- next

CREATE TRIGGER append_only_statement_hold_delete BEFORE DELETE ON statement_hold FOR EACH ROW EXECUTE FUNCTION refuse('append_only_statement_hold')

-- next

CREATE TRIGGER append_only_statement_hold_update BEFORE UPDATE OF id, because, held_by, held_at, until_on ON statement_hold FOR EACH ROW EXECUTE FUNCTION refuse('append_only_statement_hold')

-- next

CREATE OR REPLACE FUNCTION append_only_statement_hold_account_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.account_id IS DISTINCT FROM OLD.account_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.account_goes_id = OLD.account_id AND patient_merge.account_stays_id = NEW.account_id) OR (patient_merge.account_stays_id = OLD.account_id AND patient_merge.account_goes_id = NEW.account_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_statement_hold', CONSTRAINT = 'append_only_statement_hold'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_statement_hold_account_id BEFORE UPDATE OF account_id ON statement_hold FOR EACH ROW EXECUTE FUNCTION append_only_statement_hold_account_id()

-- next

CREATE TABLE tied_paper (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	patient_id BIGINT NOT NULL, 
	document_id BIGINT NOT NULL, 
	purpose VARCHAR(9) NOT NULL, 
	contact_id BIGINT, 
	expires_on DATE, 
	tied_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_tied_paper PRIMARY KEY (id), 
	CONSTRAINT ck_tied_paper_authority_is_somebodys CHECK ((purpose = 'authority') = (contact_id IS NOT NULL)), 
	CONSTRAINT fk_tied_paper_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_tied_paper_document_id FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT ck_tied_paper_paper_purpose CHECK (purpose IN ('photo', 'authority')), 
	CONSTRAINT fk_tied_paper_contact_id FOREIGN KEY(contact_id) REFERENCES patient_contact (id)
)

-- next

CREATE INDEX ix_tied_paper_contact_id ON tied_paper (contact_id)

-- next

CREATE INDEX ix_tied_paper_document_id ON tied_paper (document_id)

-- next

CREATE INDEX ix_tied_paper_patient_id_purpose ON tied_paper (patient_id, purpose)

-- next

CREATE TABLE unfinished_check_in (
	id BIGINT NOT NULL, 
	appointment_id BIGINT NOT NULL, 
	user_id BIGINT, 
	station_id BIGINT NOT NULL, 
	kept_by VARCHAR(120) NOT NULL, 
	kept_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	content TEXT NOT NULL, 
	named TEXT NOT NULL, 
	CONSTRAINT pk_unfinished_check_in PRIMARY KEY (id), 
	CONSTRAINT uq_unfinished_check_in_appointment_id_user_id UNIQUE (appointment_id, user_id), 
	CONSTRAINT ck_unfinished_check_in_content CHECK (length(content) <= 20000), 
	CONSTRAINT ck_unfinished_check_in_named CHECK (length(named) <= 2000), 
	CONSTRAINT fk_unfinished_check_in_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_unfinished_check_in_user_id FOREIGN KEY(user_id) REFERENCES user_account (id), 
	CONSTRAINT fk_unfinished_check_in_station_id FOREIGN KEY(station_id) REFERENCES station (id)
)

-- next

CREATE INDEX ix_unfinished_check_in_user_id ON unfinished_check_in (user_id)

-- next

CREATE TABLE visit_notice (
	id BIGINT NOT NULL, 
	appointment_id BIGINT NOT NULL, 
	kind VARCHAR(12) NOT NULL, 
	channel VARCHAR(9) NOT NULL, 
	said TEXT NOT NULL, 
	promised TIMESTAMP WITHOUT TIME ZONE, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	user_id BIGINT, 
	station_id BIGINT NOT NULL, 
	takes_back_id BIGINT, 
	CONSTRAINT pk_visit_notice PRIMARY KEY (id), 
	CONSTRAINT ck_visit_notice_said CHECK (length(said) <= 300), 
	CONSTRAINT ck_visit_notice_says_something CHECK (said <> '' OR takes_back_id IS NOT NULL), 
	CONSTRAINT ck_visit_notice_not_itself CHECK (takes_back_id <> id), 
	CONSTRAINT fk_visit_notice_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT ck_visit_notice_notice_kind CHECK (kind IN ('delay', 'provider_out', 'new_time')), 
	CONSTRAINT ck_visit_notice_channel CHECK (channel IN ('phone', 'text', 'email', 'in_person', 'letter')), 
	CONSTRAINT fk_visit_notice_user_id FOREIGN KEY(user_id) REFERENCES user_account (id), 
	CONSTRAINT fk_visit_notice_station_id FOREIGN KEY(station_id) REFERENCES station (id), 
	CONSTRAINT uq_visit_notice_takes_back_id UNIQUE (takes_back_id), 
	CONSTRAINT fk_visit_notice_takes_back_id FOREIGN KEY(takes_back_id) REFERENCES visit_notice (id)
)

-- next

CREATE INDEX ix_visit_notice_appointment ON visit_notice (appointment_id, kind)

-- next

CREATE TRIGGER append_only_visit_notice_delete BEFORE DELETE ON visit_notice FOR EACH ROW EXECUTE FUNCTION refuse('append_only_visit_notice')

-- next

CREATE TRIGGER append_only_visit_notice_update BEFORE UPDATE OF id, appointment_id, kind, channel, said, promised, at, user_id, station_id, takes_back_id ON visit_notice FOR EACH ROW EXECUTE FUNCTION refuse('append_only_visit_notice')

-- next

CREATE TABLE visit_opening (
	id BIGINT NOT NULL, 
	appointment_id BIGINT NOT NULL, 
	station_id BIGINT NOT NULL, 
	user_id BIGINT, 
	opened_by VARCHAR(120) NOT NULL, 
	opened_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	seen_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_visit_opening PRIMARY KEY (id), 
	CONSTRAINT fk_visit_opening_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_visit_opening_station_id FOREIGN KEY(station_id) REFERENCES station (id), 
	CONSTRAINT fk_visit_opening_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_visit_opening_appointment_id ON visit_opening (appointment_id)

-- next

CREATE UNIQUE INDEX uq_visit_opening_open ON visit_opening (appointment_id) WHERE ended_at IS NULL

-- next

CREATE TRIGGER append_only_visit_opening_delete BEFORE DELETE ON visit_opening FOR EACH ROW EXECUTE FUNCTION refuse('append_only_visit_opening')

-- next

CREATE TRIGGER append_only_visit_opening_update BEFORE UPDATE OF id, appointment_id, station_id, user_id, opened_by, opened_at ON visit_opening FOR EACH ROW EXECUTE FUNCTION refuse('append_only_visit_opening')

-- next

CREATE TABLE visit_request (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	channel VARCHAR(9) NOT NULL, 
	patient_id BIGINT, 
	caller_name VARCHAR(120) NOT NULL, 
	caller_relation VARCHAR(60) NOT NULL, 
	caller_phone VARCHAR(20) NOT NULL, 
	visit_type_id BIGINT, 
	reason TEXT NOT NULL, 
	urgency VARCHAR(9) NOT NULL, 
	wanted_from DATE, 
	wanted_until DATE, 
	wanted_times TEXT NOT NULL, 
	owner_id BIGINT, 
	due_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	state VARCHAR(18) NOT NULL, 
	appointment_id BIGINT, 
	taken_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	taken_by VARCHAR(120) NOT NULL, 
	CONSTRAINT pk_visit_request PRIMARY KEY (id), 
	CONSTRAINT ck_visit_request_from_somebody CHECK (patient_id IS NOT NULL OR trim(caller_name) <> ''), 
	CONSTRAINT ck_visit_request_reason CHECK (length(reason) BETWEEN 1 AND 300), 
	CONSTRAINT ck_visit_request_wanted_times CHECK (length(wanted_times) <= 300), 
	CONSTRAINT ck_visit_request_until_after_from CHECK (wanted_until >= wanted_from), 
	CONSTRAINT ck_visit_request_booked_with_a_visit CHECK ((state = 'booked') = (appointment_id IS NOT NULL)), 
	CONSTRAINT ck_visit_request_request_channel CHECK (channel IN ('phone', 'in_person', 'email', 'letter', 'referral')), 
	CONSTRAINT fk_visit_request_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_visit_request_visit_type_id FOREIGN KEY(visit_type_id) REFERENCES visit_type (id), 
	CONSTRAINT ck_visit_request_urgency CHECK (urgency IN ('today', 'this_week', 'routine')), 
	CONSTRAINT fk_visit_request_owner_id FOREIGN KEY(owner_id) REFERENCES user_account (id), 
	CONSTRAINT ck_visit_request_request_state CHECK (state IN ('new', 'working', 'waiting_on_patient', 'booked', 'declined')), 
	CONSTRAINT fk_visit_request_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id)
)

-- next

CREATE INDEX ix_visit_request_patient_id ON visit_request (patient_id)

-- next

CREATE INDEX ix_visit_request_state_due ON visit_request (state, due_at)

-- next

CREATE TABLE visit_waiver (
	id BIGINT NOT NULL, 
	appointment_id BIGINT NOT NULL, 
	purpose TEXT NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	because TEXT NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	user_id BIGINT, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_visit_waiver PRIMARY KEY (id), 
	CONSTRAINT ck_visit_waiver_purpose CHECK (purpose IN ('copay', 'deposit')), 
	CONSTRAINT ck_visit_waiver_amount_possible CHECK (amount_cents > 0 AND amount_cents < 1000000000), 
	CONSTRAINT ck_visit_waiver_because CHECK (because <> '' AND length(because) <= 200), 
	CONSTRAINT fk_visit_waiver_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_visit_waiver_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_visit_waiver_appointment_id ON visit_waiver (appointment_id)

-- next

CREATE UNIQUE INDEX uq_visit_waiver_standing ON visit_waiver (appointment_id, purpose) WHERE ended_at IS NULL

-- next

CREATE TRIGGER append_only_visit_waiver_delete BEFORE DELETE ON visit_waiver FOR EACH ROW EXECUTE FUNCTION refuse('append_only_visit_waiver')

-- next

CREATE TRIGGER append_only_visit_waiver_update BEFORE UPDATE OF id, appointment_id, purpose, amount_cents, because, at, user_id ON visit_waiver FOR EACH ROW EXECUTE FUNCTION refuse('append_only_visit_waiver')

-- next

CREATE TABLE volume_move (
	id BIGINT NOT NULL, 
	volume_id BIGINT NOT NULL, 
	number INTEGER NOT NULL, 
	kind VARCHAR(11) NOT NULL, 
	takes_back_id BIGINT, 
	note VARCHAR(200) NOT NULL, 
	moved_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	moved_by VARCHAR(120) NOT NULL, 
	moved_by_id BIGINT, 
	station_id BIGINT NOT NULL, 
	place VARCHAR(9) NOT NULL, 
	provider_id BIGINT, 
	room_id BIGINT, 
	user_id BIGINT, 
	words VARCHAR(120) NOT NULL, 
	out_at TIMESTAMP WITH TIME ZONE, 
	out_by VARCHAR(120) NOT NULL, 
	out_for VARCHAR(120) NOT NULL, 
	for_on DATE, 
	due_on DATE, 
	CONSTRAINT pk_volume_move PRIMARY KEY (id), 
	CONSTRAINT ck_volume_move_desk_is_somebodys CHECK ((place = 'desk') = (provider_id IS NOT NULL)), 
	CONSTRAINT ck_volume_move_room_is_one CHECK ((place = 'room') = (room_id IS NOT NULL)), 
	CONSTRAINT ck_volume_move_person_is_somebody CHECK (place <> 'person' OR user_id IS NOT NULL OR words <> ''), 
	CONSTRAINT ck_volume_move_box_is_named CHECK (place <> 'off_site' OR words <> ''), 
	CONSTRAINT ck_volume_move_out_since CHECK ((place = 'shelf') = (out_at IS NULL)), 
	CONSTRAINT uq_volume_move_volume_id_number UNIQUE (volume_id, number), 
	CONSTRAINT fk_volume_move_volume_id FOREIGN KEY(volume_id) REFERENCES chart_volume (id), 
	CONSTRAINT ck_volume_move_move_kind CHECK (kind IN ('checked_out', 'handed_over', 'returned', 'refiled', 'missing', 'found', 'destroyed', 'taken_back')), 
	CONSTRAINT fk_volume_move_takes_back_id FOREIGN KEY(takes_back_id) REFERENCES volume_move (id), 
	CONSTRAINT fk_volume_move_moved_by_id FOREIGN KEY(moved_by_id) REFERENCES user_account (id), 
	CONSTRAINT fk_volume_move_station_id FOREIGN KEY(station_id) REFERENCES station (id), 
	CONSTRAINT ck_volume_move_place CHECK (place IN ('shelf', 'pulled', 'desk', 'room', 'person', 'to_refile', 'off_site', 'missing', 'destroyed')), 
	CONSTRAINT fk_volume_move_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id), 
	CONSTRAINT fk_volume_move_room_id FOREIGN KEY(room_id) REFERENCES room (id), 
	CONSTRAINT fk_volume_move_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_volume_move_kind_for_on ON volume_move (kind, for_on)

-- next

CREATE TRIGGER append_only_volume_move_delete BEFORE DELETE ON volume_move FOR EACH ROW EXECUTE FUNCTION refuse('append_only_volume_move')

-- next

CREATE TRIGGER append_only_volume_move_update BEFORE UPDATE OF id, volume_id, number, kind, takes_back_id, note, moved_at, moved_by, moved_by_id, station_id, place, provider_id, room_id, user_id, words, out_at, out_by, out_for, for_on, due_on ON volume_move FOR EACH ROW EXECUTE FUNCTION refuse('append_only_volume_move')

-- next

CREATE TABLE volume_part (
	id BIGINT NOT NULL, 
	volume_id BIGINT NOT NULL, 
	category VARCHAR(10) NOT NULL, 
	from_on DATE NOT NULL, 
	until_on DATE NOT NULL, 
	scanned_on DATE, 
	CONSTRAINT pk_volume_part PRIMARY KEY (id), 
	CONSTRAINT ck_volume_part_ends_after_it_begins CHECK (until_on >= from_on), 
	CONSTRAINT fk_volume_part_volume_id FOREIGN KEY(volume_id) REFERENCES chart_volume (id), 
	CONSTRAINT ck_volume_part_category CHECK (category IN ('visit_note', 'lab_result', 'imaging', 'hospital', 'letter', 'consent', 'identity'))
)

-- next

CREATE INDEX ix_volume_part_volume_id ON volume_part (volume_id)

-- next

CREATE TABLE waitlist_entry (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	patient_id BIGINT NOT NULL, 
	visit_type_id BIGINT NOT NULL, 
	minutes INTEGER, 
	reason TEXT NOT NULL, 
	urgency VARCHAR(9) NOT NULL, 
	notice_minutes INTEGER NOT NULL, 
	wanted_until DATE, 
	appointment_id BIGINT, 
	note TEXT NOT NULL, 
	added_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	added_by VARCHAR(120) NOT NULL, 
	user_id BIGINT, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	ended VARCHAR(9), 
	ended_reason TEXT NOT NULL, 
	CONSTRAINT pk_waitlist_entry PRIMARY KEY (id), 
	CONSTRAINT ck_waitlist_entry_minutes CHECK (minutes BETWEEN 5 AND 720), 
	CONSTRAINT ck_waitlist_entry_reason CHECK (length(reason) <= 200), 
	CONSTRAINT ck_waitlist_entry_note CHECK (length(note) <= 200), 
	CONSTRAINT ck_waitlist_entry_ended_reason CHECK (length(ended_reason) <= 200), 
	CONSTRAINT ck_waitlist_entry_notice_minutes CHECK (notice_minutes BETWEEN 0 AND 20160), 
	CONSTRAINT ck_waitlist_entry_ended_somehow CHECK ((ended_at IS NULL) = (ended IS NULL)), 
	CONSTRAINT fk_waitlist_entry_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_waitlist_entry_visit_type_id FOREIGN KEY(visit_type_id) REFERENCES visit_type (id), 
	CONSTRAINT ck_waitlist_entry_urgency CHECK (urgency IN ('today', 'this_week', 'routine')), 
	CONSTRAINT fk_waitlist_entry_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_waitlist_entry_user_id FOREIGN KEY(user_id) REFERENCES user_account (id), 
	CONSTRAINT ck_waitlist_entry_waitlist_end CHECK (ended IN ('booked', 'withdrawn'))
)

-- next

CREATE INDEX ix_waitlist_entry_ended_at ON waitlist_entry (ended_at, urgency)

-- next

CREATE INDEX ix_waitlist_entry_patient_id ON waitlist_entry (patient_id)

-- next

CREATE UNIQUE INDEX uq_waitlist_entry_appointment ON waitlist_entry (appointment_id) WHERE ended_at IS NULL

-- next

CREATE TABLE agency_payment (
	id BIGINT NOT NULL, 
	remittance_id BIGINT NOT NULL, 
	line INTEGER NOT NULL, 
	account_id BIGINT NOT NULL, 
	paid_on DATE NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	fee_cents BIGINT NOT NULL, 
	paid_to VARCHAR(6) NOT NULL, 
	receipt_id BIGINT NOT NULL, 
	CONSTRAINT pk_agency_payment PRIMARY KEY (id), 
	CONSTRAINT ck_agency_payment_amount_possible CHECK (amount_cents > 0 AND amount_cents < 1000000000), 
	CONSTRAINT ck_agency_payment_fee_is_a_part CHECK (fee_cents >= 0 AND fee_cents < amount_cents), 
	CONSTRAINT fk_agency_payment_remittance_id FOREIGN KEY(remittance_id) REFERENCES agency_remittance (id), 
	CONSTRAINT fk_agency_payment_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT ck_agency_payment_paid_to CHECK (paid_to IN ('agency', 'office')), 
	CONSTRAINT uq_agency_payment_receipt_id UNIQUE (receipt_id), 
	CONSTRAINT fk_agency_payment_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id)
)

-- next

CREATE INDEX ix_agency_payment_account_id ON agency_payment (account_id)

-- next

CREATE INDEX ix_agency_payment_remittance_id ON agency_payment (remittance_id)

-- next

CREATE TRIGGER append_only_agency_payment_delete BEFORE DELETE ON agency_payment FOR EACH ROW EXECUTE FUNCTION refuse('append_only_agency_payment')

-- next

CREATE TRIGGER append_only_agency_payment_update BEFORE UPDATE OF id, remittance_id, line, paid_on, amount_cents, fee_cents, paid_to, receipt_id ON agency_payment FOR EACH ROW EXECUTE FUNCTION refuse('append_only_agency_payment')

-- next

CREATE OR REPLACE FUNCTION append_only_agency_payment_account_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.account_id IS DISTINCT FROM OLD.account_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.account_goes_id = OLD.account_id AND patient_merge.account_stays_id = NEW.account_id) OR (patient_merge.account_stays_id = OLD.account_id AND patient_merge.account_goes_id = NEW.account_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_agency_payment', CONSTRAINT = 'append_only_agency_payment'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_agency_payment_account_id BEFORE UPDATE OF account_id ON agency_payment FOR EACH ROW EXECUTE FUNCTION append_only_agency_payment_account_id()

-- next

CREATE TABLE amendment_document (
	id BIGINT NOT NULL, 
	request_id BIGINT NOT NULL, 
	document_id BIGINT NOT NULL, 
	CONSTRAINT pk_amendment_document PRIMARY KEY (id), 
	CONSTRAINT uq_amendment_document_request_id_document_id UNIQUE (request_id, document_id), 
	CONSTRAINT fk_amendment_document_request_id FOREIGN KEY(request_id) REFERENCES amendment_request (id), 
	CONSTRAINT fk_amendment_document_document_id FOREIGN KEY(document_id) REFERENCES document (id)
)

-- next

CREATE INDEX ix_amendment_document_document_id ON amendment_document (document_id)

-- next

CREATE TRIGGER append_only_amendment_document_delete BEFORE DELETE ON amendment_document FOR EACH ROW EXECUTE FUNCTION refuse('append_only_amendment_document')

-- next

CREATE TRIGGER append_only_amendment_document_update BEFORE UPDATE OF id, request_id, document_id ON amendment_document FOR EACH ROW EXECUTE FUNCTION refuse('append_only_amendment_document')

-- next

CREATE TABLE amendment_event (
	id BIGINT NOT NULL, 
	request_id BIGINT NOT NULL, 
	kind VARCHAR(13) NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	by TEXT NOT NULL, 
	by_id BIGINT, 
	note TEXT NOT NULL, 
	accepted TEXT NOT NULL, 
	grounds TEXT NOT NULL, 
	until DATE, 
	way VARCHAR(5), 
	sent_to TEXT NOT NULL, 
	document_id BIGINT, 
	about_id BIGINT, 
	letter TEXT NOT NULL, 
	corrects_id BIGINT, 
	CONSTRAINT pk_amendment_event PRIMARY KEY (id), 
	CONSTRAINT ck_amendment_event_takes_back_one CHECK ((kind = 'taken_back') = (corrects_id IS NOT NULL)), 
	CONSTRAINT ck_amendment_event_told_somebody CHECK ((kind = 'told') = (about_id IS NOT NULL)), 
	CONSTRAINT ck_amendment_event_denied_with_grounds CHECK ((kind IN ('denied', 'in_part')) = (grounds <> '')), 
	CONSTRAINT ck_amendment_event_grounds CHECK (replace(replace(replace(replace(',' || grounds || ',', ',not_ours,', ','), ',not_in_the_set,', ','), ',not_open,', ','), ',correct,', ',') IN (',', ',,')), 
	CONSTRAINT ck_amendment_event_texts_short CHECK (length(note) <= 4000 AND length(accepted) <= 4000), 
	CONSTRAINT fk_amendment_event_request_id FOREIGN KEY(request_id) REFERENCES amendment_request (id), 
	CONSTRAINT ck_amendment_event_amendment_kind CHECK (kind IN ('received', 'extended', 'accepted', 'in_part', 'denied', 'letter_sent', 'person_named', 'told', 'disagreed', 'rebutted', 'include_asked', 'withdrawn', 'printed', 'taken_back')), 
	CONSTRAINT fk_amendment_event_by_id FOREIGN KEY(by_id) REFERENCES user_account (id), 
	CONSTRAINT ck_amendment_event_amendment_way CHECK (way IN ('fax', 'mail', 'email', 'hand')), 
	CONSTRAINT fk_amendment_event_document_id FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT fk_amendment_event_about_id FOREIGN KEY(about_id) REFERENCES amendment_event (id), 
	CONSTRAINT fk_amendment_event_corrects_id FOREIGN KEY(corrects_id) REFERENCES amendment_event (id)
)

-- next

CREATE INDEX ix_amendment_event_request_id ON amendment_event (request_id)

-- next

CREATE TRIGGER append_only_amendment_event_delete BEFORE DELETE ON amendment_event FOR EACH ROW EXECUTE FUNCTION refuse('append_only_amendment_event')

-- next

CREATE TRIGGER append_only_amendment_event_update BEFORE UPDATE OF id, request_id, kind, at, by, by_id, note, accepted, grounds, until, way, sent_to, document_id, about_id, letter, corrects_id ON amendment_event FOR EACH ROW EXECUTE FUNCTION refuse('append_only_amendment_event')

-- next

CREATE TABLE authorization_grant (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	coverage_id BIGINT NOT NULL, 
	kind VARCHAR(13) NOT NULL, 
	number VARCHAR(50) NOT NULL, 
	what_for VARCHAR(120) NOT NULL, 
	codes TEXT NOT NULL, 
	provider_id BIGINT, 
	counts VARCHAR(6) NOT NULL, 
	units INTEGER NOT NULL, 
	valid_from DATE NOT NULL, 
	valid_until DATE, 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT pk_authorization_grant PRIMARY KEY (id), 
	CONSTRAINT uq_authorization_grant_coverage_id_number UNIQUE (coverage_id, number), 
	CONSTRAINT ck_authorization_grant_numbered CHECK (trim(number) <> ''), 
	CONSTRAINT ck_authorization_grant_codes_short CHECK (length(codes) <= 400), 
	CONSTRAINT ck_authorization_grant_grants_something CHECK (units BETWEEN 1 AND 9999), 
	CONSTRAINT ck_authorization_grant_ends_after_start CHECK (valid_until >= valid_from), 
	CONSTRAINT fk_authorization_grant_coverage_id FOREIGN KEY(coverage_id) REFERENCES coverage (id), 
	CONSTRAINT ck_authorization_grant_grant_kind CHECK (kind IN ('authorization', 'referral')), 
	CONSTRAINT fk_authorization_grant_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id), 
	CONSTRAINT ck_authorization_grant_unit_kind CHECK (counts IN ('visits', 'units'))
)

-- next

CREATE INDEX ix_authorization_grant_coverage_id ON authorization_grant (coverage_id)

-- next

CREATE OR REPLACE FUNCTION authorization_grant_within_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.units < (SELECT coalesce(sum(units), 0) FROM authorization_use WHERE grant_id = NEW.id AND state <> 'released') THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'authorization_taken', CONSTRAINT = 'authorization_taken'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER authorization_grant_within_update BEFORE UPDATE OF units ON authorization_grant FOR EACH ROW EXECUTE FUNCTION authorization_grant_within_update()

-- next

CREATE TABLE bank_credit (
	id BIGINT NOT NULL, 
	remittance_id BIGINT, 
	deposit_on DATE, 
	agency_remittance_id BIGINT, 
	seen_on DATE NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	note TEXT NOT NULL, 
	noted_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	noted_by TEXT NOT NULL, 
	withdrawn_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_bank_credit PRIMARY KEY (id), 
	CONSTRAINT ck_bank_credit_one_or_the_other CHECK ((CASE WHEN remittance_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN deposit_on IS NULL THEN 0 ELSE 1 END) + (CASE WHEN agency_remittance_id IS NULL THEN 0 ELSE 1 END) = 1), 
	CONSTRAINT ck_bank_credit_amount_possible CHECK (amount_cents > 0 AND amount_cents < 1000000000), 
	CONSTRAINT ck_bank_credit_note CHECK (length(note) <= 200), 
	CONSTRAINT fk_bank_credit_remittance_id FOREIGN KEY(remittance_id) REFERENCES remittance (id), 
	CONSTRAINT fk_bank_credit_agency_remittance_id FOREIGN KEY(agency_remittance_id) REFERENCES agency_remittance (id)
)

-- next

CREATE UNIQUE INDEX uq_bank_credit_agency_remittance_id ON bank_credit (agency_remittance_id) WHERE withdrawn_at IS NULL

-- next

CREATE UNIQUE INDEX uq_bank_credit_deposit_on ON bank_credit (deposit_on) WHERE withdrawn_at IS NULL

-- next

CREATE UNIQUE INDEX uq_bank_credit_remittance_id ON bank_credit (remittance_id) WHERE withdrawn_at IS NULL

-- next

CREATE TRIGGER append_only_bank_credit_delete BEFORE DELETE ON bank_credit FOR EACH ROW EXECUTE FUNCTION refuse('append_only_bank_credit')

-- next

CREATE TRIGGER append_only_bank_credit_update BEFORE UPDATE OF id, remittance_id, deposit_on, agency_remittance_id, seen_on, amount_cents, note, noted_at, noted_by ON bank_credit FOR EACH ROW EXECUTE FUNCTION refuse('append_only_bank_credit')

-- next

CREATE TABLE drawer_explanation (
	id BIGINT NOT NULL, 
	drawer_count_id BIGINT NOT NULL, 
	reason TEXT NOT NULL, 
	cause TEXT NOT NULL, 
	receipt_id BIGINT, 
	explained_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	explained_by TEXT NOT NULL, 
	CONSTRAINT pk_drawer_explanation PRIMARY KEY (id), 
	CONSTRAINT ck_drawer_explanation_reason CHECK (length(reason) BETWEEN 1 AND 400), 
	CONSTRAINT uq_drawer_explanation_drawer_count_id UNIQUE (drawer_count_id), 
	CONSTRAINT fk_drawer_explanation_drawer_count_id FOREIGN KEY(drawer_count_id) REFERENCES drawer_count (id), 
	CONSTRAINT fk_drawer_explanation_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id)
)

-- next

CREATE TRIGGER append_only_drawer_explanation_delete BEFORE DELETE ON drawer_explanation FOR EACH ROW EXECUTE FUNCTION refuse('append_only_drawer_explanation')

-- next

CREATE TRIGGER append_only_drawer_explanation_update BEFORE UPDATE OF id, drawer_count_id, reason, cause, receipt_id, explained_at, explained_by ON drawer_explanation FOR EACH ROW EXECUTE FUNCTION refuse('append_only_drawer_explanation')

-- next

CREATE OR REPLACE FUNCTION explained_before_the_seal() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM drawer_count, day_close WHERE drawer_count.id = NEW.drawer_count_id AND day_close.closed_on >= drawer_count.counted_on) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'explained_before_the_seal', CONSTRAINT = 'explained_before_the_seal'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER explained_before_the_seal BEFORE INSERT ON drawer_explanation FOR EACH ROW EXECUTE FUNCTION explained_before_the_seal()

-- next

CREATE TABLE eligibility_inquiry (
	id BIGINT NOT NULL, 
	batch_id BIGINT NOT NULL, 
	trace TEXT NOT NULL, 
	coverage_id BIGINT NOT NULL, 
	service_on DATE NOT NULL, 
	CONSTRAINT pk_eligibility_inquiry PRIMARY KEY (id), 
	CONSTRAINT fk_eligibility_inquiry_batch_id FOREIGN KEY(batch_id) REFERENCES eligibility_batch (id), 
	CONSTRAINT uq_eligibility_inquiry_trace UNIQUE (trace), 
	CONSTRAINT fk_eligibility_inquiry_coverage_id FOREIGN KEY(coverage_id) REFERENCES coverage (id)
)

-- next

CREATE INDEX ix_eligibility_inquiry_batch_id ON eligibility_inquiry (batch_id)

-- next

CREATE INDEX ix_eligibility_inquiry_coverage_id ON eligibility_inquiry (coverage_id, id)

-- next

CREATE TRIGGER append_only_eligibility_inquiry_delete BEFORE DELETE ON eligibility_inquiry FOR EACH ROW EXECUTE FUNCTION refuse('append_only_eligibility_inquiry')

-- next

CREATE TRIGGER append_only_eligibility_inquiry_update BEFORE UPDATE OF id, batch_id, trace, coverage_id, service_on ON eligibility_inquiry FOR EACH ROW EXECUTE FUNCTION refuse('append_only_eligibility_inquiry')

-- next

CREATE TABLE estimate_version (
	id BIGINT NOT NULL, 
	estimate_id BIGINT NOT NULL, 
	edition INTEGER NOT NULL, 
	written_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	written_by TEXT NOT NULL, 
	is_good_faith BOOLEAN NOT NULL, 
	service TEXT NOT NULL, 
	service_on DATE, 
	visits INTEGER NOT NULL, 
	until_on DATE, 
	provider_id BIGINT NOT NULL, 
	provider TEXT NOT NULL, 
	provider_npi TEXT NOT NULL, 
	fees_cents BIGINT NOT NULL, 
	total_cents BIGINT NOT NULL, 
	why TEXT NOT NULL, 
	separately TEXT NOT NULL, 
	CONSTRAINT pk_estimate_version PRIMARY KEY (id), 
	CONSTRAINT uq_estimate_version_estimate_id_edition UNIQUE (estimate_id, edition), 
	CONSTRAINT ck_estimate_version_visits CHECK (visits BETWEEN 1 AND 60), 
	CONSTRAINT ck_estimate_version_recurring_until CHECK ((visits > 1) = (until_on IS NOT NULL)), 
	CONSTRAINT ck_estimate_version_fees_possible CHECK (fees_cents BETWEEN 1 AND 999999999), 
	CONSTRAINT ck_estimate_version_total_possible CHECK (total_cents BETWEEN 0 AND fees_cents), 
	CONSTRAINT ck_estimate_version_separately CHECK (length(separately) <= 400), 
	CONSTRAINT fk_estimate_version_estimate_id FOREIGN KEY(estimate_id) REFERENCES estimate (id), 
	CONSTRAINT fk_estimate_version_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id)
)

-- next

CREATE TRIGGER append_only_estimate_version_delete BEFORE DELETE ON estimate_version FOR EACH ROW EXECUTE FUNCTION refuse('append_only_estimate_version')

-- next

CREATE TRIGGER append_only_estimate_version_update BEFORE UPDATE OF id, estimate_id, edition, written_at, written_by, is_good_faith, service, service_on, visits, until_on, provider_id, provider, provider_npi, fees_cents, total_cents, why, separately ON estimate_version FOR EACH ROW EXECUTE FUNCTION refuse('append_only_estimate_version')

-- next

CREATE OR REPLACE FUNCTION estimate_sums() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.total_cents IS DISTINCT FROM (SELECT sum(expected_cents) * NEW.visits FROM estimate_line WHERE version_id = NEW.id) OR NEW.fees_cents IS DISTINCT FROM (SELECT sum(fee_cents) * NEW.visits FROM estimate_line WHERE version_id = NEW.id) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'estimate_sums', CONSTRAINT = 'estimate_sums'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER estimate_sums BEFORE INSERT ON estimate_version FOR EACH ROW EXECUTE FUNCTION estimate_sums()

-- next

CREATE TABLE message_move (
	id BIGINT NOT NULL, 
	message_id BIGINT NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	by_user_id BIGINT, 
	to_user_id BIGINT, 
	to_role_id BIGINT, 
	state VARCHAR(7) NOT NULL, 
	note VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_message_move PRIMARY KEY (id), 
	CONSTRAINT fk_message_move_message_id FOREIGN KEY(message_id) REFERENCES message (id), 
	CONSTRAINT fk_message_move_by_user_id FOREIGN KEY(by_user_id) REFERENCES user_account (id), 
	CONSTRAINT fk_message_move_to_user_id FOREIGN KEY(to_user_id) REFERENCES user_account (id), 
	CONSTRAINT fk_message_move_to_role_id FOREIGN KEY(to_role_id) REFERENCES role (id), 
	CONSTRAINT ck_message_move_message_state CHECK (state IN ('new', 'read', 'in work', 'waiting', 'done'))
)

-- next

CREATE INDEX ix_message_move_message_id ON message_move (message_id)

-- next

CREATE TRIGGER append_only_message_move_delete BEFORE DELETE ON message_move FOR EACH ROW EXECUTE FUNCTION refuse('append_only_message_move')

-- next

CREATE TRIGGER append_only_message_move_update BEFORE UPDATE OF id, message_id, at, by_user_id, to_user_id, to_role_id, state, note ON message_move FOR EACH ROW EXECUTE FUNCTION refuse('append_only_message_move')

-- next

CREATE TABLE outbound_request (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	patient_id BIGINT NOT NULL, 
	office_id BIGINT NOT NULL, 
	basis VARCHAR(13) NOT NULL, 
	is_guarded BOOLEAN NOT NULL, 
	consent_id BIGINT, 
	authorization_document_id BIGINT, 
	provider_id BIGINT, 
	covers_from DATE, 
	covers_until DATE, 
	note TEXT NOT NULL, 
	state VARCHAR(9) NOT NULL, 
	needed_on DATE NOT NULL, 
	visit_id BIGINT, 
	chase_on DATE, 
	asked_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	sent_at TIMESTAMP WITH TIME ZONE, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	events INTEGER NOT NULL, 
	CONSTRAINT pk_outbound_request PRIMARY KEY (id), 
	CONSTRAINT uq_outbound_request_number UNIQUE (number), 
	CONSTRAINT ck_outbound_request_authorized CHECK (basis = 'treatment' OR consent_id IS NOT NULL OR authorization_document_id IS NOT NULL), 
	CONSTRAINT ck_outbound_request_guarded CHECK (basis = 'authorization' OR NOT is_guarded), 
	CONSTRAINT ck_outbound_request_covers CHECK (covers_until >= covers_from), 
	CONSTRAINT ck_outbound_request_note_short CHECK (length(note) <= 1000), 
	CONSTRAINT fk_outbound_request_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_outbound_request_office_id FOREIGN KEY(office_id) REFERENCES outside_office (id), 
	CONSTRAINT ck_outbound_request_outbound_basis CHECK (basis IN ('treatment', 'authorization')), 
	CONSTRAINT fk_outbound_request_consent_id FOREIGN KEY(consent_id) REFERENCES consent (id), 
	CONSTRAINT fk_outbound_request_authorization_document_id FOREIGN KEY(authorization_document_id) REFERENCES document (id), 
	CONSTRAINT fk_outbound_request_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id), 
	CONSTRAINT ck_outbound_request_outbound_state CHECK (state IN ('to_send', 'waiting', 'received', 'given_up', 'withdrawn'))
)

-- next

CREATE INDEX ix_outbound_request_office_id ON outbound_request (office_id)

-- next

CREATE INDEX ix_outbound_request_patient_id ON outbound_request (patient_id)

-- next

CREATE INDEX ix_outbound_request_state_needed_on ON outbound_request (state, needed_on)

-- next

CREATE TABLE paper_remittance (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	payer_id BIGINT, 
	trace TEXT NOT NULL, 
	paid_on DATE, 
	paid_cents BIGINT, 
	claims INTEGER NOT NULL, 
	typed TEXT NOT NULL, 
	saved_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	saved_by TEXT NOT NULL, 
	dropped_at TIMESTAMP WITH TIME ZONE, 
	entered_at TIMESTAMP WITH TIME ZONE, 
	remittance_id BIGINT, 
	stood TEXT NOT NULL, 
	CONSTRAINT pk_paper_remittance PRIMARY KEY (id), 
	CONSTRAINT ck_paper_remittance_dropped_or_entered CHECK (dropped_at IS NULL OR entered_at IS NULL), 
	CONSTRAINT ck_paper_remittance_entered_has_time CHECK (remittance_id IS NULL OR entered_at IS NOT NULL), 
	CONSTRAINT fk_paper_remittance_payer_id FOREIGN KEY(payer_id) REFERENCES payer (id), 
	CONSTRAINT fk_paper_remittance_remittance_id FOREIGN KEY(remittance_id) REFERENCES remittance (id)
)

-- next

CREATE INDEX ix_paper_remittance_remittance_id ON paper_remittance (remittance_id)

-- next

CREATE INDEX ix_paper_remittance_trace ON paper_remittance (trace)

-- next

CREATE TRIGGER paper_remittance_is_kept BEFORE DELETE ON paper_remittance FOR EACH ROW EXECUTE FUNCTION refuse('paper_remittance_is_kept')

-- next

CREATE TRIGGER entered_paper_is_not_changed BEFORE UPDATE OF payer_id, trace, paid_on, paid_cents, claims, typed ON paper_remittance FOR EACH ROW WHEN (OLD.entered_at IS NOT NULL) EXECUTE FUNCTION refuse('entered_paper_is_not_changed')

-- next

CREATE TABLE patient_merge_change (
	id BIGINT NOT NULL, 
	merge_id BIGINT NOT NULL, 
	place INTEGER NOT NULL, 
	table_name VARCHAR(80) NOT NULL, 
	row_id BIGINT NOT NULL, 
	column_name VARCHAR(80) NOT NULL, 
	old_value TEXT NOT NULL, 
	new_value TEXT NOT NULL, 
	CONSTRAINT pk_patient_merge_change PRIMARY KEY (id), 
	CONSTRAINT fk_patient_merge_change_merge_id FOREIGN KEY(merge_id) REFERENCES patient_merge (id)
)

-- next

CREATE INDEX ix_patient_merge_change_row ON patient_merge_change (table_name, row_id)

-- next

CREATE UNIQUE INDEX uq_patient_merge_change_place ON patient_merge_change (merge_id, place)

-- next

CREATE TRIGGER append_only_patient_merge_change_delete BEFORE DELETE ON patient_merge_change FOR EACH ROW EXECUTE FUNCTION refuse('append_only_patient_merge_change')

-- next

CREATE TRIGGER append_only_patient_merge_change_update BEFORE UPDATE OF id, merge_id, place, table_name, row_id, column_name, old_value, new_value ON patient_merge_change FOR EACH ROW EXECUTE FUNCTION refuse('append_only_patient_merge_change')

-- next

CREATE TABLE payment_plan_instalment (
	id BIGINT NOT NULL, 
	plan_id BIGINT NOT NULL, 
	place INTEGER NOT NULL, 
	due_on DATE NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	CONSTRAINT pk_payment_plan_instalment PRIMARY KEY (id), 
	CONSTRAINT uq_payment_plan_instalment_plan_id_place UNIQUE (plan_id, place), 
	CONSTRAINT ck_payment_plan_instalment_place CHECK (place BETWEEN 1 AND 60), 
	CONSTRAINT ck_payment_plan_instalment_amount_possible CHECK (amount_cents > 0 AND amount_cents < 1000000000), 
	CONSTRAINT fk_payment_plan_instalment_plan_id FOREIGN KEY(plan_id) REFERENCES payment_plan (id) DEFERRABLE INITIALLY DEFERRED
)

-- next

CREATE INDEX ix_payment_plan_instalment_plan_id ON payment_plan_instalment (plan_id)

-- next

CREATE TRIGGER append_only_payment_plan_instalment_delete BEFORE DELETE ON payment_plan_instalment FOR EACH ROW EXECUTE FUNCTION refuse('append_only_payment_plan_instalment')

-- next

CREATE TRIGGER append_only_payment_plan_instalment_update BEFORE UPDATE OF id, plan_id, place, due_on, amount_cents ON payment_plan_instalment FOR EACH ROW EXECUTE FUNCTION refuse('append_only_payment_plan_instalment')

-- next

CREATE OR REPLACE FUNCTION payment_plan_instalment_is_agreed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM payment_plan WHERE payment_plan.id = NEW.plan_id) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'payment_plan_is_agreed', CONSTRAINT = 'payment_plan_is_agreed'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER payment_plan_instalment_is_agreed BEFORE INSERT ON payment_plan_instalment FOR EACH ROW EXECUTE FUNCTION payment_plan_instalment_is_agreed()

-- next

CREATE TABLE receipt_issue (
	id BIGINT NOT NULL, 
	receipt_id BIGINT NOT NULL, 
	way VARCHAR(7) NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	user_id BIGINT, 
	CONSTRAINT pk_receipt_issue PRIMARY KEY (id), 
	CONSTRAINT fk_receipt_issue_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id), 
	CONSTRAINT ck_receipt_issue_issue_way CHECK (way IN ('printed', 'emailed')), 
	CONSTRAINT fk_receipt_issue_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_receipt_issue_receipt_id ON receipt_issue (receipt_id)

-- next

CREATE TRIGGER append_only_receipt_issue_delete BEFORE DELETE ON receipt_issue FOR EACH ROW EXECUTE FUNCTION refuse('append_only_receipt_issue')

-- next

CREATE TRIGGER append_only_receipt_issue_update BEFORE UPDATE OF id, receipt_id, way, at, user_id ON receipt_issue FOR EACH ROW EXECUTE FUNCTION refuse('append_only_receipt_issue')

-- next

CREATE TABLE receipt_tender (
	id BIGINT NOT NULL, 
	receipt_id BIGINT NOT NULL, 
	kind VARCHAR(6) NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	tendered_cents BIGINT, 
	check_number TEXT NOT NULL, 
	check_bank TEXT NOT NULL, 
	card_brand TEXT NOT NULL, 
	card_last4 TEXT NOT NULL, 
	card_auth TEXT NOT NULL, 
	CONSTRAINT pk_receipt_tender PRIMARY KEY (id), 
	CONSTRAINT ck_receipt_tender_amount_possible CHECK (amount_cents > 0 AND amount_cents < 1000000000), 
	CONSTRAINT ck_receipt_tender_cash_is_tendered CHECK ((tendered_cents IS NOT NULL) = (kind = 'cash')), 
	CONSTRAINT ck_receipt_tender_tendered_is_enough CHECK (tendered_cents IS NULL OR tendered_cents >= amount_cents), 
	CONSTRAINT ck_receipt_tender_check_has_number CHECK ((check_number <> '') = (kind = 'check')), 
	CONSTRAINT ck_receipt_tender_check_has_bank CHECK (check_bank = '' OR kind = 'check'), 
	CONSTRAINT ck_receipt_tender_as_long_as_a_slip CHECK (length(check_number) <= 20 AND length(check_bank) <= 60 AND length(card_brand) <= 20), 
	CONSTRAINT ck_receipt_tender_card_has_last4 CHECK ((card_last4 <> '') = (kind = 'card')), 
	CONSTRAINT ck_receipt_tender_no_card_number CHECK (length(card_last4) IN (0, 4) AND length(card_auth) <= 12), 
	CONSTRAINT fk_receipt_tender_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT ck_receipt_tender_tender_kind CHECK (kind IN ('cash', 'check', 'card', 'agency'))
)

-- next

CREATE INDEX ix_receipt_tender_receipt_id ON receipt_tender (receipt_id)

-- next

CREATE TRIGGER append_only_receipt_tender_delete BEFORE DELETE ON receipt_tender FOR EACH ROW EXECUTE FUNCTION refuse('append_only_receipt_tender')

-- next

CREATE TRIGGER append_only_receipt_tender_update BEFORE UPDATE OF id, receipt_id, kind, amount_cents, tendered_cents, check_number, check_bank, card_brand, card_last4, card_auth ON receipt_tender FOR EACH ROW EXECUTE FUNCTION refuse('append_only_receipt_tender')

-- next

CREATE OR REPLACE FUNCTION receipt_is_complete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM receipt WHERE receipt.id = NEW.receipt_id) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'receipt_is_complete', CONSTRAINT = 'receipt_is_complete'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER receipt_is_complete BEFORE INSERT ON receipt_tender FOR EACH ROW EXECUTE FUNCTION receipt_is_complete()

-- next

CREATE TABLE release_end (
	id BIGINT NOT NULL, 
	request_id BIGINT NOT NULL, 
	how VARCHAR(9) NOT NULL, 
	ground VARCHAR(19), 
	words TEXT NOT NULL, 
	document_id BIGINT, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	by TEXT NOT NULL, 
	user_id BIGINT, 
	CONSTRAINT pk_release_end PRIMARY KEY (id), 
	CONSTRAINT ck_release_end_ground CHECK ((how = 'denied') = (ground IS NOT NULL)), 
	CONSTRAINT ck_release_end_words CHECK (trim(words) <> ''), 
	CONSTRAINT fk_release_end_request_id FOREIGN KEY(request_id) REFERENCES release_request (id), 
	CONSTRAINT ck_release_end_release_end_kind CHECK (how IN ('denied', 'returned', 'withdrawn')), 
	CONSTRAINT ck_release_end_denial_ground CHECK (ground IN ('psychotherapy_notes', 'litigation', 'inmate', 'research', 'privacy_act', 'confidential_source', 'endangers', 'endangers_other', 'representative_harm', 'not_kept', 'form_not_valid')), 
	CONSTRAINT fk_release_end_document_id FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT fk_release_end_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_release_end_request_id ON release_end (request_id)

-- next

CREATE TRIGGER append_only_release_end_delete BEFORE DELETE ON release_end FOR EACH ROW EXECUTE FUNCTION refuse('append_only_release_end')

-- next

CREATE TRIGGER append_only_release_end_update BEFORE UPDATE OF id, request_id, how, ground, words, document_id, at, by, user_id ON release_end FOR EACH ROW EXECUTE FUNCTION refuse('append_only_release_end')

-- next

CREATE TABLE release_event (
	id BIGINT NOT NULL, 
	request_id BIGINT NOT NULL, 
	kind VARCHAR(10) NOT NULL, 
	state VARCHAR(17) NOT NULL, 
	words TEXT NOT NULL, 
	happened_on DATE NOT NULL, 
	document_id BIGINT, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	by TEXT NOT NULL, 
	user_id BIGINT, 
	station_id BIGINT NOT NULL, 
	CONSTRAINT pk_release_event PRIMARY KEY (id), 
	CONSTRAINT ck_release_event_words CHECK (trim(words) <> ''), 
	CONSTRAINT ck_release_event_words_length CHECK (length(words) <= 1000), 
	CONSTRAINT fk_release_event_request_id FOREIGN KEY(request_id) REFERENCES release_request (id), 
	CONSTRAINT ck_release_event_release_event_kind CHECK (kind IN ('came', 'changed', 'taken_on', 'checked', 'form', 'form_ended', 'asked', 'note', 'overdue', 'extended', 'collected', 'submitted', 'agreed', 'not_agreed', 'lapsed', 'sent', 'closed', 'denied', 'returned', 'withdrawn', 'reopened')), 
	CONSTRAINT ck_release_event_release_state CHECK (state IN ('new', 'identity_checked', 'waiting_signature', 'collecting', 'under_review', 'ready', 'sent', 'closed', 'denied', 'returned', 'withdrawn')), 
	CONSTRAINT fk_release_event_document_id FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT fk_release_event_user_id FOREIGN KEY(user_id) REFERENCES user_account (id), 
	CONSTRAINT fk_release_event_station_id FOREIGN KEY(station_id) REFERENCES station (id)
)

-- next

CREATE INDEX ix_release_event_request_id_happened_on ON release_event (request_id, happened_on)

-- next

CREATE TRIGGER append_only_release_event_delete BEFORE DELETE ON release_event FOR EACH ROW EXECUTE FUNCTION refuse('append_only_release_event')

-- next

CREATE TRIGGER append_only_release_event_update BEFORE UPDATE OF id, request_id, kind, state, words, happened_on, document_id, at, by, user_id, station_id ON release_event FOR EACH ROW EXECUTE FUNCTION refuse('append_only_release_event')

-- next

CREATE TABLE release_fee (
	id BIGINT NOT NULL, 
	request_id BIGINT NOT NULL, 
	number INTEGER NOT NULL, 
	lines TEXT NOT NULL, 
	total_cents BIGINT NOT NULL, 
	pages INTEGER NOT NULL, 
	paid_first BOOLEAN NOT NULL, 
	waived TEXT NOT NULL, 
	replaces_id BIGINT, 
	stated_on DATE NOT NULL, 
	stated_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	stated_by TEXT NOT NULL, 
	stated_by_id BIGINT, 
	CONSTRAINT pk_release_fee PRIMARY KEY (id), 
	CONSTRAINT uq_release_fee_number UNIQUE (number), 
	CONSTRAINT uq_release_fee_replaces_id UNIQUE (replaces_id), 
	CONSTRAINT ck_release_fee_total CHECK (total_cents >= 0), 
	CONSTRAINT ck_release_fee_waived CHECK (waived = '' OR total_cents = 0), 
	CONSTRAINT fk_release_fee_request_id FOREIGN KEY(request_id) REFERENCES release_request (id), 
	CONSTRAINT fk_release_fee_replaces_id FOREIGN KEY(replaces_id) REFERENCES release_fee (id), 
	CONSTRAINT fk_release_fee_stated_by_id FOREIGN KEY(stated_by_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_release_fee_request_id ON release_fee (request_id)

-- next

CREATE TRIGGER append_only_release_fee_delete BEFORE DELETE ON release_fee FOR EACH ROW EXECUTE FUNCTION refuse('append_only_release_fee')

-- next

CREATE TRIGGER append_only_release_fee_update BEFORE UPDATE OF id, request_id, number, lines, total_cents, pages, paid_first, waived, replaces_id, stated_on, stated_at, stated_by, stated_by_id ON release_fee FOR EACH ROW EXECUTE FUNCTION refuse('append_only_release_fee')

-- next

CREATE TABLE release_form (
	id BIGINT NOT NULL, 
	request_id BIGINT NOT NULL, 
	document_id BIGINT, 
	consent_id BIGINT, 
	signed_on DATE, 
	signer_name TEXT NOT NULL, 
	relation TEXT NOT NULL, 
	authority TEXT NOT NULL, 
	expires_on DATE, 
	expires_event TEXT NOT NULL, 
	names_classes TEXT NOT NULL, 
	is_psychotherapy_alone BOOLEAN NOT NULL, 
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	recorded_by_id BIGINT, 
	CONSTRAINT pk_release_form PRIMARY KEY (id), 
	CONSTRAINT ck_release_form_one_paper CHECK ((document_id IS NULL) OR (consent_id IS NULL)), 
	CONSTRAINT ck_release_form_one_expiry CHECK (expires_on IS NULL OR expires_event = ''), 
	CONSTRAINT ck_release_form_relation_of_somebody CHECK (relation = '' OR signer_name <> ''), 
	CONSTRAINT ck_release_form_names_classes CHECK (replace(replace(replace(replace(replace(replace(replace(',' || names_classes || ',', ',ordinary,', ','), ',mental_health,', ','), ',substance_use,', ','), ',hiv,', ','), ',reproductive,', ','), ',genetic,', ','), ',psychotherapy,', ',') IN (',', ',,')), 
	CONSTRAINT fk_release_form_request_id FOREIGN KEY(request_id) REFERENCES release_request (id), 
	CONSTRAINT fk_release_form_document_id FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT fk_release_form_consent_id FOREIGN KEY(consent_id) REFERENCES consent (id), 
	CONSTRAINT fk_release_form_recorded_by_id FOREIGN KEY(recorded_by_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_release_form_request_id ON release_form (request_id)

-- next

CREATE TRIGGER append_only_release_form_delete BEFORE DELETE ON release_form FOR EACH ROW EXECUTE FUNCTION refuse('append_only_release_form')

-- next

CREATE TRIGGER append_only_release_form_update BEFORE UPDATE OF id, request_id, document_id, consent_id, signed_on, signer_name, relation, authority, expires_on, expires_event, names_classes, is_psychotherapy_alone, recorded_at, recorded_by_id ON release_form FOR EACH ROW EXECUTE FUNCTION refuse('append_only_release_form')

-- next

CREATE TABLE release_packet (
	id BIGINT NOT NULL, 
	request_id BIGINT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	pages INTEGER NOT NULL, 
	record_pages INTEGER NOT NULL, 
	fingerprint VARCHAR(64) NOT NULL, 
	manifest TEXT NOT NULL, 
	has_part_2 BOOLEAN NOT NULL, 
	kept_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_release_packet PRIMARY KEY (id), 
	CONSTRAINT uq_release_packet_request_id_sha256 UNIQUE (request_id, sha256), 
	CONSTRAINT ck_release_packet_pages CHECK (pages > record_pages AND record_pages > 0), 
	CONSTRAINT fk_release_packet_request_id FOREIGN KEY(request_id) REFERENCES release_request (id), 
	CONSTRAINT fk_release_packet_sha256 FOREIGN KEY(sha256) REFERENCES document_content (sha256)
)

-- next

CREATE INDEX ix_release_packet_sha256 ON release_packet (sha256)

-- next

CREATE TRIGGER append_only_release_packet_delete BEFORE DELETE ON release_packet FOR EACH ROW EXECUTE FUNCTION refuse('append_only_release_packet')

-- next

CREATE TRIGGER append_only_release_packet_update BEFORE UPDATE OF id, request_id, sha256, pages, record_pages, fingerprint, manifest, has_part_2, kept_at ON release_packet FOR EACH ROW EXECUTE FUNCTION refuse('append_only_release_packet')

-- next

CREATE TABLE release_pages (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	request_id BIGINT NOT NULL, 
	document_id BIGINT NOT NULL, 
	pages TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	chosen_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	chosen_by_id BIGINT, 
	CONSTRAINT pk_release_pages PRIMARY KEY (id), 
	CONSTRAINT uq_release_pages_request_id_document_id UNIQUE (request_id, document_id), 
	CONSTRAINT ck_release_pages_reason CHECK (length(reason) <= 1000), 
	CONSTRAINT fk_release_pages_request_id FOREIGN KEY(request_id) REFERENCES release_request (id), 
	CONSTRAINT fk_release_pages_document_id FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT fk_release_pages_chosen_by_id FOREIGN KEY(chosen_by_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_release_pages_document_id ON release_pages (document_id)

-- next

CREATE TABLE release_review (
	id BIGINT NOT NULL, 
	request_id BIGINT NOT NULL, 
	round INTEGER NOT NULL, 
	prepared_by_id BIGINT, 
	reviewer_id BIGINT, 
	reviewer TEXT NOT NULL, 
	agreed BOOLEAN NOT NULL, 
	words TEXT NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_release_review PRIMARY KEY (id), 
	CONSTRAINT uq_release_review_request_id_round UNIQUE (request_id, round), 
	CONSTRAINT ck_release_review_another_person CHECK (reviewer_id <> prepared_by_id), 
	CONSTRAINT ck_release_review_says_why_not CHECK (agreed OR trim(words) <> ''), 
	CONSTRAINT fk_release_review_request_id FOREIGN KEY(request_id) REFERENCES release_request (id), 
	CONSTRAINT fk_release_review_prepared_by_id FOREIGN KEY(prepared_by_id) REFERENCES user_account (id), 
	CONSTRAINT fk_release_review_reviewer_id FOREIGN KEY(reviewer_id) REFERENCES user_account (id)
)

-- next

CREATE TRIGGER append_only_release_review_delete BEFORE DELETE ON release_review FOR EACH ROW EXECUTE FUNCTION refuse('append_only_release_review')

-- next

CREATE TRIGGER append_only_release_review_update BEFORE UPDATE OF id, request_id, round, prepared_by_id, reviewer_id, reviewer, agreed, words, at ON release_review FOR EACH ROW EXECUTE FUNCTION refuse('append_only_release_review')

-- next

CREATE TABLE release_scope_document (
	id BIGINT NOT NULL, 
	request_id BIGINT NOT NULL, 
	document_id BIGINT NOT NULL, 
	CONSTRAINT pk_release_scope_document PRIMARY KEY (id), 
	CONSTRAINT uq_release_scope_document_request_id_document_id UNIQUE (request_id, document_id), 
	CONSTRAINT fk_release_scope_document_request_id FOREIGN KEY(request_id) REFERENCES release_request (id), 
	CONSTRAINT fk_release_scope_document_document_id FOREIGN KEY(document_id) REFERENCES document (id)
)

-- next

CREATE INDEX ix_release_scope_document_document_id ON release_scope_document (document_id)

-- next

CREATE TABLE release_scope_provider (
	id BIGINT NOT NULL, 
	request_id BIGINT NOT NULL, 
	provider_id BIGINT NOT NULL, 
	CONSTRAINT pk_release_scope_provider PRIMARY KEY (id), 
	CONSTRAINT uq_release_scope_provider_request_id_provider_id UNIQUE (request_id, provider_id), 
	CONSTRAINT fk_release_scope_provider_request_id FOREIGN KEY(request_id) REFERENCES release_request (id), 
	CONSTRAINT fk_release_scope_provider_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id)
)

-- next

CREATE INDEX ix_release_scope_provider_provider_id ON release_scope_provider (provider_id)

-- next

CREATE TABLE reminder_job (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	appointment_id BIGINT NOT NULL, 
	starts TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
	rule_id BIGINT, 
	notice_id BIGINT, 
	channel VARCHAR(9) NOT NULL, 
	state VARCHAR(9) NOT NULL, 
	due_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	tries INTEGER NOT NULL, 
	claimed_at TIMESTAMP WITH TIME ZONE, 
	station_id BIGINT, 
	why VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_reminder_job PRIMARY KEY (id), 
	CONSTRAINT ck_reminder_job_of_a_rule_or_a_notice CHECK ((rule_id IS NULL) <> (notice_id IS NULL)), 
	CONSTRAINT ck_reminder_job_sendable CHECK (channel IN ('text', 'email', 'phone', 'letter')), 
	CONSTRAINT ck_reminder_job_claimed_since CHECK ((state = 'claimed') = (claimed_at IS NOT NULL)), 
	CONSTRAINT ck_reminder_job_tries CHECK (tries >= 0), 
	CONSTRAINT uq_reminder_job_occurrence UNIQUE (appointment_id, starts, rule_id, channel), 
	CONSTRAINT fk_reminder_job_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_reminder_job_rule_id FOREIGN KEY(rule_id) REFERENCES reminder_rule (id), 
	CONSTRAINT fk_reminder_job_notice_id FOREIGN KEY(notice_id) REFERENCES visit_notice (id), 
	CONSTRAINT ck_reminder_job_channel CHECK (channel IN ('phone', 'text', 'email', 'in_person', 'letter')), 
	CONSTRAINT ck_reminder_job_job_state CHECK (state IN ('planned', 'claimed', 'sent', 'failed', 'unknown', 'withdrawn')), 
	CONSTRAINT fk_reminder_job_station_id FOREIGN KEY(station_id) REFERENCES station (id)
)

-- next

CREATE INDEX ix_reminder_job_appointment_id ON reminder_job (appointment_id)

-- next

CREATE INDEX ix_reminder_job_rule_id ON reminder_job (rule_id)

-- next

CREATE INDEX ix_reminder_job_starts ON reminder_job (starts)

-- next

CREATE INDEX ix_reminder_job_state_due_at ON reminder_job (state, due_at)

-- next

CREATE UNIQUE INDEX uq_reminder_job_notice ON reminder_job (notice_id, channel) WHERE notice_id IS NOT NULL

-- next

CREATE TRIGGER reminder_job_kept BEFORE DELETE ON reminder_job FOR EACH ROW EXECUTE FUNCTION refuse('reminder_job_kept')

-- next

CREATE TRIGGER reminder_job_once BEFORE UPDATE OF state ON reminder_job FOR EACH ROW WHEN (OLD.channel IN ('text', 'email') AND OLD.state IN ('sent', 'unknown', 'failed') AND NEW.state IN ('planned', 'claimed')) EXECUTE FUNCTION refuse('reminder_job_once')

-- next

CREATE TRIGGER reminder_job_same BEFORE UPDATE OF appointment_id, starts, rule_id, notice_id, channel ON reminder_job FOR EACH ROW EXECUTE FUNCTION refuse('reminder_job_same')

-- next

CREATE TABLE resource_booking (
	id BIGINT NOT NULL, 
	resource_id BIGINT NOT NULL, 
	appointment_id BIGINT, 
	event_id BIGINT, 
	slot_hold_id BIGINT, 
	phase VARCHAR(11) NOT NULL, 
	starts TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
	ends TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	is_exclusive BOOLEAN NOT NULL, 
	CONSTRAINT pk_resource_booking PRIMARY KEY (id), 
	CONSTRAINT ck_resource_booking_ends_after_start CHECK (ends > starts), 
	CONSTRAINT ck_resource_booking_within_one_day CHECK (date(starts) = date(ends)), 
	CONSTRAINT ck_resource_booking_exclusive_while_active CHECK (is_active OR NOT is_exclusive), 
	CONSTRAINT ck_resource_booking_for_one_thing CHECK ((appointment_id IS NULL) <> (slot_hold_id IS NULL)), 
	CONSTRAINT ck_resource_booking_placed_by_an_event CHECK ((appointment_id IS NULL) = (event_id IS NULL)), 
	CONSTRAINT fk_resource_booking_resource_id FOREIGN KEY(resource_id) REFERENCES resource (id), 
	CONSTRAINT fk_resource_booking_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_resource_booking_event_id FOREIGN KEY(event_id) REFERENCES appointment_event (id), 
	CONSTRAINT fk_resource_booking_slot_hold_id FOREIGN KEY(slot_hold_id) REFERENCES slot_hold (id), 
	CONSTRAINT ck_resource_booking_phase_kind CHECK (phase IN ('preparation', 'procedure', 'recovery', 'cleaning'))
)

-- next

CREATE INDEX ix_resource_booking_appointment_id ON resource_booking (appointment_id)

-- next

CREATE INDEX ix_resource_booking_resource_starts ON resource_booking (resource_id, starts)

-- next

CREATE INDEX ix_resource_booking_slot_hold_id ON resource_booking (slot_hold_id)

-- next

CREATE INDEX ix_resource_booking_starts ON resource_booking (starts)

-- next

ALTER TABLE resource_booking ADD CONSTRAINT no_overlap_resource_booking EXCLUDE USING gist (resource_id WITH =, tsrange(starts, ends) WITH &&) WHERE (is_exclusive)

-- next

CREATE TABLE statement_mail (
	id BIGINT NOT NULL, 
	statement_id BIGINT NOT NULL, 
	step VARCHAR(6) NOT NULL, 
	address TEXT NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	answer TEXT NOT NULL, 
	CONSTRAINT pk_statement_mail PRIMARY KEY (id), 
	CONSTRAINT uq_statement_mail_statement_id_step UNIQUE (statement_id, step), 
	CONSTRAINT ck_statement_mail_address CHECK (address <> ''), 
	CONSTRAINT fk_statement_mail_statement_id FOREIGN KEY(statement_id) REFERENCES statement (id), 
	CONSTRAINT ck_statement_mail_mail_step CHECK (step IN ('waits', 'tried', 'sent', 'failed'))
)

-- next

CREATE TRIGGER append_only_statement_mail_delete BEFORE DELETE ON statement_mail FOR EACH ROW EXECUTE FUNCTION refuse('append_only_statement_mail')

-- next

CREATE TRIGGER append_only_statement_mail_update BEFORE UPDATE OF id, statement_id, step, address, at, answer ON statement_mail FOR EACH ROW EXECUTE FUNCTION refuse('append_only_statement_mail')

-- next

CREATE TABLE superbill (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	appointment_id BIGINT NOT NULL, 
	patient_id BIGINT NOT NULL, 
	provider_id BIGINT NOT NULL, 
	service_on DATE NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	coverage_id BIGINT, 
	place_of_service TEXT NOT NULL, 
	issued_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	returned_at TIMESTAMP WITH TIME ZONE, 
	entered_at TIMESTAMP WITH TIME ZONE, 
	entered_by_id BIGINT, 
	checked_at TIMESTAMP WITH TIME ZONE, 
	released_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_superbill PRIMARY KEY (id), 
	CONSTRAINT uq_superbill_number UNIQUE (number), 
	CONSTRAINT uq_superbill_appointment_id UNIQUE (appointment_id), 
	CONSTRAINT fk_superbill_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_superbill_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_superbill_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id), 
	CONSTRAINT ck_superbill_superbill_state CHECK (state IN ('issued', 'returned', 'entered', 'checked', 'released')), 
	CONSTRAINT fk_superbill_coverage_id FOREIGN KEY(coverage_id) REFERENCES coverage (id), 
	CONSTRAINT fk_superbill_entered_by_id FOREIGN KEY(entered_by_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_superbill_patient_id ON superbill (patient_id)

-- next

CREATE INDEX ix_superbill_provider_id ON superbill (provider_id, service_on)

-- next

CREATE INDEX ix_superbill_service_on ON superbill (service_on)

-- next

CREATE INDEX ix_superbill_state ON superbill (state)

-- next

CREATE TABLE verification_assignment (
	id BIGINT NOT NULL, 
	coverage_id BIGINT NOT NULL, 
	user_id BIGINT, 
	assigned_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	assigned_by VARCHAR(120) NOT NULL, 
	CONSTRAINT pk_verification_assignment PRIMARY KEY (id), 
	CONSTRAINT fk_verification_assignment_coverage_id FOREIGN KEY(coverage_id) REFERENCES coverage (id), 
	CONSTRAINT fk_verification_assignment_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_verification_assignment_coverage_id ON verification_assignment (coverage_id, id)

-- next

CREATE TRIGGER append_only_verification_assignment_delete BEFORE DELETE ON verification_assignment FOR EACH ROW EXECUTE FUNCTION refuse('append_only_verification_assignment')

-- next

CREATE TRIGGER append_only_verification_assignment_update BEFORE UPDATE OF id, coverage_id, user_id, assigned_at, assigned_by ON verification_assignment FOR EACH ROW EXECUTE FUNCTION refuse('append_only_verification_assignment')

-- next

CREATE TABLE visit_coverage (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	appointment_id BIGINT NOT NULL, 
	coverage_id BIGINT, 
	units INTEGER NOT NULL, 
	CONSTRAINT pk_visit_coverage PRIMARY KEY (id), 
	CONSTRAINT ck_visit_coverage_takes_some CHECK (units BETWEEN 1 AND 999), 
	CONSTRAINT uq_visit_coverage_appointment_id UNIQUE (appointment_id), 
	CONSTRAINT fk_visit_coverage_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_visit_coverage_coverage_id FOREIGN KEY(coverage_id) REFERENCES coverage (id)
)

-- next

CREATE INDEX ix_visit_coverage_coverage_id ON visit_coverage (coverage_id)

-- next

CREATE TABLE visit_request_event (
	id BIGINT NOT NULL, 
	request_id BIGINT NOT NULL, 
	state VARCHAR(18) NOT NULL, 
	owner_id BIGINT, 
	appointment_id BIGINT, 
	note TEXT NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	by VARCHAR(120) NOT NULL, 
	user_id BIGINT, 
	station_id BIGINT NOT NULL, 
	CONSTRAINT pk_visit_request_event PRIMARY KEY (id), 
	CONSTRAINT ck_visit_request_event_note CHECK (length(note) <= 300), 
	CONSTRAINT fk_visit_request_event_request_id FOREIGN KEY(request_id) REFERENCES visit_request (id), 
	CONSTRAINT ck_visit_request_event_request_state CHECK (state IN ('new', 'working', 'waiting_on_patient', 'booked', 'declined')), 
	CONSTRAINT fk_visit_request_event_owner_id FOREIGN KEY(owner_id) REFERENCES user_account (id), 
	CONSTRAINT fk_visit_request_event_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_visit_request_event_user_id FOREIGN KEY(user_id) REFERENCES user_account (id), 
	CONSTRAINT fk_visit_request_event_station_id FOREIGN KEY(station_id) REFERENCES station (id)
)

-- next

CREATE INDEX ix_visit_request_event_request_id ON visit_request_event (request_id)

-- next

CREATE TRIGGER append_only_visit_request_event_delete BEFORE DELETE ON visit_request_event FOR EACH ROW EXECUTE FUNCTION refuse('append_only_visit_request_event')

-- next

CREATE TRIGGER append_only_visit_request_event_update BEFORE UPDATE OF id, request_id, state, owner_id, appointment_id, note, at, by, user_id, station_id ON visit_request_event FOR EACH ROW EXECUTE FUNCTION refuse('append_only_visit_request_event')

-- next

CREATE TABLE volume_look (
	id BIGINT NOT NULL, 
	move_id BIGINT NOT NULL, 
	spot VARCHAR(160) NOT NULL, 
	looked_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	looked_by VARCHAR(120) NOT NULL, 
	CONSTRAINT pk_volume_look PRIMARY KEY (id), 
	CONSTRAINT uq_volume_look_move_id_spot UNIQUE (move_id, spot), 
	CONSTRAINT fk_volume_look_move_id FOREIGN KEY(move_id) REFERENCES volume_move (id)
)

-- next

CREATE TABLE waitlist_offer (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	entry_id BIGINT NOT NULL, 
	slot_hold_id BIGINT NOT NULL, 
	provider_id BIGINT NOT NULL, 
	starts TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
	ends TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
	override_reason TEXT NOT NULL, 
	after_id BIGINT, 
	offered_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	offered_by VARCHAR(120) NOT NULL, 
	user_id BIGINT, 
	outcome VARCHAR(9), 
	outcome_at TIMESTAMP WITH TIME ZONE, 
	outcome_by VARCHAR(120) NOT NULL, 
	said TEXT NOT NULL, 
	appointment_id BIGINT, 
	CONSTRAINT pk_waitlist_offer PRIMARY KEY (id), 
	CONSTRAINT ck_waitlist_offer_ends_after_start CHECK (ends > starts), 
	CONSTRAINT ck_waitlist_offer_said CHECK (length(said) <= 200), 
	CONSTRAINT ck_waitlist_offer_override_reason CHECK (length(override_reason) <= 200), 
	CONSTRAINT ck_waitlist_offer_outcome_with_time CHECK ((outcome IS NULL) = (outcome_at IS NULL)), 
	CONSTRAINT ck_waitlist_offer_accepted_with_a_visit CHECK (outcome IS NULL OR outcome <> 'accepted' OR appointment_id IS NOT NULL), 
	CONSTRAINT ck_waitlist_offer_not_after_itself CHECK (after_id <> id), 
	CONSTRAINT fk_waitlist_offer_entry_id FOREIGN KEY(entry_id) REFERENCES waitlist_entry (id), 
	CONSTRAINT uq_waitlist_offer_slot_hold_id UNIQUE (slot_hold_id), 
	CONSTRAINT fk_waitlist_offer_slot_hold_id FOREIGN KEY(slot_hold_id) REFERENCES slot_hold (id), 
	CONSTRAINT fk_waitlist_offer_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id), 
	CONSTRAINT fk_waitlist_offer_after_id FOREIGN KEY(after_id) REFERENCES waitlist_offer (id), 
	CONSTRAINT fk_waitlist_offer_user_id FOREIGN KEY(user_id) REFERENCES user_account (id), 
	CONSTRAINT ck_waitlist_offer_offer_outcome CHECK (outcome IN ('accepted', 'declined', 'withdrawn', 'expired')), 
	CONSTRAINT fk_waitlist_offer_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id)
)

-- next

CREATE INDEX ix_waitlist_offer_entry ON waitlist_offer (entry_id, offered_at)

-- next

CREATE INDEX ix_waitlist_offer_offered_at ON waitlist_offer (offered_at)

-- next

CREATE UNIQUE INDEX uq_waitlist_offer_open ON waitlist_offer (entry_id) WHERE outcome IS NULL

-- next

CREATE TABLE waitlist_provider (
	id BIGINT NOT NULL, 
	entry_id BIGINT NOT NULL, 
	provider_id BIGINT NOT NULL, 
	CONSTRAINT pk_waitlist_provider PRIMARY KEY (id), 
	CONSTRAINT uq_waitlist_provider_entry_id_provider_id UNIQUE (entry_id, provider_id), 
	CONSTRAINT fk_waitlist_provider_entry_id FOREIGN KEY(entry_id) REFERENCES waitlist_entry (id), 
	CONSTRAINT fk_waitlist_provider_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id)
)

-- next

CREATE TABLE waitlist_window (
	id BIGINT NOT NULL, 
	entry_id BIGINT NOT NULL, 
	weekday INTEGER NOT NULL, 
	starts TIME WITHOUT TIME ZONE NOT NULL, 
	ends TIME WITHOUT TIME ZONE, 
	CONSTRAINT pk_waitlist_window PRIMARY KEY (id), 
	CONSTRAINT ck_waitlist_window_weekday CHECK (weekday BETWEEN 0 AND 6), 
	CONSTRAINT ck_waitlist_window_ends_after_start CHECK (ends > starts), 
	CONSTRAINT fk_waitlist_window_entry_id FOREIGN KEY(entry_id) REFERENCES waitlist_entry (id)
)

-- next

CREATE INDEX ix_waitlist_window_entry_id ON waitlist_window (entry_id)

-- next

CREATE TABLE authorization_step (
	id BIGINT NOT NULL, 
	appointment_id BIGINT NOT NULL, 
	kind VARCHAR(10) NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	user_id BIGINT, 
	way VARCHAR(6), 
	spoke_to VARCHAR(80) NOT NULL, 
	reference VARCHAR(50) NOT NULL, 
	chase_on DATE, 
	note TEXT NOT NULL, 
	grant_id BIGINT, 
	corrects_id BIGINT, 
	CONSTRAINT pk_authorization_step PRIMARY KEY (id), 
	CONSTRAINT ck_authorization_step_note_short CHECK (length(note) <= 500), 
	CONSTRAINT ck_authorization_step_asked_somehow CHECK (kind NOT IN ('asked', 'chased') OR way IS NOT NULL), 
	CONSTRAINT ck_authorization_step_says_why CHECK (kind NOT IN ('denied', 'not_needed') OR note <> ''), 
	CONSTRAINT ck_authorization_step_takes_something_back CHECK ((kind = 'taken_back') = (corrects_id IS NOT NULL)), 
	CONSTRAINT fk_authorization_step_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT ck_authorization_step_step_kind CHECK (kind IN ('asked', 'chased', 'granted', 'denied', 'not_needed', 'taken_back')), 
	CONSTRAINT fk_authorization_step_user_id FOREIGN KEY(user_id) REFERENCES user_account (id), 
	CONSTRAINT ck_authorization_step_step_way CHECK (way IN ('phone', 'portal', 'fax', 'letter')), 
	CONSTRAINT fk_authorization_step_grant_id FOREIGN KEY(grant_id) REFERENCES authorization_grant (id), 
	CONSTRAINT fk_authorization_step_corrects_id FOREIGN KEY(corrects_id) REFERENCES authorization_step (id)
)

-- next

CREATE INDEX ix_authorization_step_appointment_id ON authorization_step (appointment_id)

-- next

CREATE TRIGGER append_only_authorization_step_delete BEFORE DELETE ON authorization_step FOR EACH ROW EXECUTE FUNCTION refuse('append_only_authorization_step')

-- next

CREATE TRIGGER append_only_authorization_step_update BEFORE UPDATE OF id, appointment_id, kind, at, user_id, way, spoke_to, reference, chase_on, note, grant_id, corrects_id ON authorization_step FOR EACH ROW EXECUTE FUNCTION refuse('append_only_authorization_step')

-- next

CREATE TABLE authorization_use (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	grant_id BIGINT NOT NULL, 
	units INTEGER NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	for_day DATE NOT NULL, 
	CONSTRAINT pk_authorization_use PRIMARY KEY (id), 
	CONSTRAINT ck_authorization_use_takes_something CHECK (units > 0), 
	CONSTRAINT fk_authorization_use_grant_id FOREIGN KEY(grant_id) REFERENCES authorization_grant (id), 
	CONSTRAINT ck_authorization_use_unit_state CHECK (state IN ('booked', 'used', 'released'))
)

-- next

CREATE INDEX ix_authorization_use_grant_id ON authorization_use (grant_id)

-- next

CREATE OR REPLACE FUNCTION authorization_use_within_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.state <> 'released' AND NEW.units + (SELECT coalesce(sum(units), 0) FROM authorization_use WHERE grant_id = NEW.grant_id AND id <> NEW.id AND state <> 'released') > (SELECT units FROM authorization_grant WHERE id = NEW.grant_id) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'authorization_taken', CONSTRAINT = 'authorization_taken'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER authorization_use_within_insert BEFORE INSERT ON authorization_use FOR EACH ROW EXECUTE FUNCTION authorization_use_within_insert()

-- next

CREATE OR REPLACE FUNCTION authorization_use_within_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.state <> 'released' AND NEW.units + (SELECT coalesce(sum(units), 0) FROM authorization_use WHERE grant_id = NEW.grant_id AND id <> NEW.id AND state <> 'released') > (SELECT units FROM authorization_grant WHERE id = NEW.grant_id) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'authorization_taken', CONSTRAINT = 'authorization_taken'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER authorization_use_within_update BEFORE UPDATE OF grant_id, units, state ON authorization_use FOR EACH ROW EXECUTE FUNCTION authorization_use_within_update()

-- next

CREATE TABLE charge_line (
	id BIGINT NOT NULL, 
	patient_id BIGINT NOT NULL, 
	account_id BIGINT NOT NULL, 
	superbill_id BIGINT, 
	appointment_id BIGINT, 
	provider_id BIGINT, 
	coverage_id BIGINT, 
	service_on DATE NOT NULL, 
	place INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	label TEXT NOT NULL, 
	modifiers TEXT NOT NULL, 
	units INTEGER NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	diagnosis_pointers TEXT NOT NULL, 
	place_of_service TEXT NOT NULL, 
	is_fee BOOLEAN NOT NULL, 
	moved_from_id BIGINT, 
	voided_at TIMESTAMP WITH TIME ZONE, 
	void_reason TEXT NOT NULL, 
	CONSTRAINT pk_charge_line PRIMARY KEY (id), 
	CONSTRAINT ck_charge_line_amount_possible CHECK (amount_cents > 0 AND amount_cents < 1000000000), 
	CONSTRAINT ck_charge_line_units_possible CHECK (units BETWEEN 1 AND 999), 
	CONSTRAINT ck_charge_line_four_pointers_at_most CHECK (length(diagnosis_pointers) <= 4), 
	CONSTRAINT ck_charge_line_four_modifiers_at_most CHECK (length(modifiers) <= 11), 
	CONSTRAINT ck_charge_line_void_has_reason CHECK ((voided_at IS NULL) = (void_reason = '')), 
	CONSTRAINT ck_charge_line_fee_is_the_patients CHECK (NOT is_fee OR coverage_id IS NULL), 
	CONSTRAINT ck_charge_line_moved_is_the_patients CHECK (moved_from_id IS NULL OR (coverage_id IS NULL AND superbill_id IS NULL AND appointment_id IS NULL)), 
	CONSTRAINT fk_charge_line_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_charge_line_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_charge_line_superbill_id FOREIGN KEY(superbill_id) REFERENCES superbill (id), 
	CONSTRAINT fk_charge_line_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_charge_line_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id), 
	CONSTRAINT fk_charge_line_coverage_id FOREIGN KEY(coverage_id) REFERENCES coverage (id), 
	CONSTRAINT fk_charge_line_moved_from_id FOREIGN KEY(moved_from_id) REFERENCES charge_line (id)
)

-- next

CREATE INDEX ix_charge_line_account_id ON charge_line (account_id)

-- next

CREATE INDEX ix_charge_line_appointment_id ON charge_line (appointment_id)

-- next

CREATE INDEX ix_charge_line_moved_from_id ON charge_line (moved_from_id)

-- next

CREATE INDEX ix_charge_line_patient_id ON charge_line (patient_id)

-- next

CREATE INDEX ix_charge_line_service_on ON charge_line (service_on)

-- next

CREATE INDEX ix_charge_line_superbill_id ON charge_line (superbill_id)

-- next

CREATE TRIGGER append_only_charge_line_delete BEFORE DELETE ON charge_line FOR EACH ROW EXECUTE FUNCTION refuse('append_only_charge_line')

-- next

CREATE TRIGGER append_only_charge_line_update BEFORE UPDATE OF id, superbill_id, appointment_id, provider_id, coverage_id, service_on, place, code, label, modifiers, units, amount_cents, diagnosis_pointers, place_of_service, is_fee, moved_from_id ON charge_line FOR EACH ROW EXECUTE FUNCTION refuse('append_only_charge_line')

-- next

CREATE OR REPLACE FUNCTION append_only_charge_line_patient_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.patient_id IS DISTINCT FROM OLD.patient_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.goes_id = OLD.patient_id AND patient_merge.stays_id = NEW.patient_id) OR (patient_merge.stays_id = OLD.patient_id AND patient_merge.goes_id = NEW.patient_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_charge_line', CONSTRAINT = 'append_only_charge_line'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_charge_line_patient_id BEFORE UPDATE OF patient_id ON charge_line FOR EACH ROW EXECUTE FUNCTION append_only_charge_line_patient_id()

-- next

CREATE OR REPLACE FUNCTION append_only_charge_line_account_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.account_id IS DISTINCT FROM OLD.account_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.account_goes_id = OLD.account_id AND patient_merge.account_stays_id = NEW.account_id) OR (patient_merge.account_stays_id = OLD.account_id AND patient_merge.account_goes_id = NEW.account_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_charge_line', CONSTRAINT = 'append_only_charge_line'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_charge_line_account_id BEFORE UPDATE OF account_id ON charge_line FOR EACH ROW EXECUTE FUNCTION append_only_charge_line_account_id()

-- next

CREATE TABLE claim (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	patient_id BIGINT NOT NULL, 
	superbill_id BIGINT NOT NULL, 
	appointment_id BIGINT NOT NULL, 
	provider_id BIGINT NOT NULL, 
	coverage_id BIGINT NOT NULL, 
	payer_id BIGINT NOT NULL, 
	service_on DATE NOT NULL, 
	charge_cents BIGINT NOT NULL, 
	place_of_service TEXT NOT NULL, 
	diagnoses TEXT NOT NULL, 
	frequency VARCHAR(1) NOT NULL, 
	payer_control_number TEXT NOT NULL, 
	replaces_id BIGINT, 
	follows_id BIGINT, 
	state VARCHAR(10) NOT NULL, 
	state_since_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	claim_batch_id BIGINT, 
	file_by_on DATE NOT NULL, 
	problem_code TEXT NOT NULL, 
	problem TEXT NOT NULL, 
	problem_count INTEGER NOT NULL, 
	CONSTRAINT pk_claim PRIMARY KEY (id), 
	CONSTRAINT ck_claim_charge_possible CHECK (charge_cents > 0), 
	CONSTRAINT ck_claim_follows_another CHECK (follows_id <> id), 
	CONSTRAINT ck_claim_batched_has_batch CHECK (state <> 'batched' OR claim_batch_id IS NOT NULL), 
	CONSTRAINT ck_claim_replacement_names_original CHECK ((frequency = '1') = (replaces_id IS NULL)), 
	CONSTRAINT uq_claim_number UNIQUE (number), 
	CONSTRAINT fk_claim_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_claim_superbill_id FOREIGN KEY(superbill_id) REFERENCES superbill (id), 
	CONSTRAINT fk_claim_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_claim_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id), 
	CONSTRAINT fk_claim_coverage_id FOREIGN KEY(coverage_id) REFERENCES coverage (id), 
	CONSTRAINT fk_claim_payer_id FOREIGN KEY(payer_id) REFERENCES payer (id), 
	CONSTRAINT ck_claim_frequency CHECK (frequency IN ('1', '7', '8')), 
	CONSTRAINT uq_claim_replaces_id UNIQUE (replaces_id), 
	CONSTRAINT fk_claim_replaces_id FOREIGN KEY(replaces_id) REFERENCES claim (id), 
	CONSTRAINT uq_claim_follows_id UNIQUE (follows_id), 
	CONSTRAINT fk_claim_follows_id FOREIGN KEY(follows_id) REFERENCES claim (id), 
	CONSTRAINT ck_claim_claim_state CHECK (state IN ('draft', 'failed', 'ready', 'held', 'batched', 'sent', 'passed', 'accepted', 'rejected', 'in_process', 'paid', 'part_paid', 'denied', 'appealed', 'corrected', 'void', 'closed')), 
	CONSTRAINT fk_claim_claim_batch_id FOREIGN KEY(claim_batch_id) REFERENCES claim_batch (id)
)

-- next

CREATE INDEX ix_claim_claim_batch_id ON claim (claim_batch_id)

-- next

CREATE INDEX ix_claim_patient_id ON claim (patient_id)

-- next

CREATE INDEX ix_claim_service_on ON claim (service_on, charge_cents)

-- next

CREATE INDEX ix_claim_state ON claim (state, service_on)

-- next

CREATE INDEX ix_claim_superbill_id ON claim (superbill_id)

-- next

CREATE UNIQUE INDEX uq_claim_one_draft ON claim (superbill_id) WHERE state = 'draft'

-- next

CREATE OR REPLACE FUNCTION blocked_claim_is_not_batched() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.state = 'batched' AND (OLD.state NOT IN ('ready', 'batched') OR EXISTS (SELECT 1 FROM claim_finding WHERE claim_finding.claim_id = NEW.id AND severity = 'block')) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'blocked_claim', CONSTRAINT = 'blocked_claim'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER blocked_claim_is_not_batched BEFORE UPDATE OF state, claim_batch_id ON claim FOR EACH ROW EXECUTE FUNCTION blocked_claim_is_not_batched()

-- next

CREATE TRIGGER claim_in_batch_is_batched BEFORE UPDATE OF claim_batch_id ON claim FOR EACH ROW WHEN (NEW.claim_batch_id IS NOT NULL AND NEW.claim_batch_id IS DISTINCT FROM OLD.claim_batch_id AND NEW.state <> 'batched') EXECUTE FUNCTION refuse('blocked_claim')

-- next

CREATE TRIGGER claim_is_not_made_batched BEFORE INSERT ON claim FOR EACH ROW WHEN (NEW.state = 'batched') EXECUTE FUNCTION refuse('blocked_claim')

-- next

CREATE OR REPLACE FUNCTION blocked_claim_is_not_sent() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.state = 'sent' AND NEW.follows_id IS NULL AND OLD.state IN ('draft', 'failed', 'ready', 'held', 'rejected') AND (OLD.state <> 'ready' OR EXISTS (SELECT 1 FROM claim_finding WHERE claim_finding.claim_id = NEW.id AND severity = 'block')) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'blocked_claim', CONSTRAINT = 'blocked_claim'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER blocked_claim_is_not_sent BEFORE UPDATE OF state ON claim FOR EACH ROW EXECUTE FUNCTION blocked_claim_is_not_sent()

-- next

CREATE OR REPLACE FUNCTION blocked_claim_leaves_with_a_reason() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.state = 'sent' AND OLD.state = 'batched' AND EXISTS (SELECT 1 FROM claim_finding WHERE claim_finding.claim_id = NEW.id AND severity = 'block') AND NOT EXISTS (SELECT 1 FROM claim_batch WHERE claim_batch.id = NEW.claim_batch_id AND claim_batch.sent_despite <> '') THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'blocked_in_batch', CONSTRAINT = 'blocked_in_batch'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER blocked_claim_leaves_with_a_reason BEFORE UPDATE OF state ON claim FOR EACH ROW EXECUTE FUNCTION blocked_claim_leaves_with_a_reason()

-- next

CREATE TABLE eligibility_answer (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	file_id BIGINT NOT NULL, 
	place INTEGER NOT NULL, 
	fingerprint TEXT NOT NULL, 
	payer_name TEXT NOT NULL, 
	trace TEXT NOT NULL, 
	member_id TEXT NOT NULL, 
	last_name TEXT NOT NULL, 
	first_name TEXT NOT NULL, 
	born_on DATE, 
	reject_codes TEXT NOT NULL, 
	coverage_id BIGINT, 
	inquiry_id BIGINT, 
	basis VARCHAR(6) NOT NULL, 
	match_note TEXT NOT NULL, 
	set_aside_reason TEXT NOT NULL, 
	CONSTRAINT pk_eligibility_answer PRIMARY KEY (id), 
	CONSTRAINT uq_eligibility_answer_file_id_place UNIQUE (file_id, place), 
	CONSTRAINT ck_eligibility_answer_match_has_basis CHECK ((coverage_id IS NULL) = (basis = 'none')), 
	CONSTRAINT ck_eligibility_answer_matched_or_set_aside CHECK (coverage_id IS NULL OR set_aside_reason = ''), 
	CONSTRAINT fk_eligibility_answer_file_id FOREIGN KEY(file_id) REFERENCES eligibility_file (id), 
	CONSTRAINT uq_eligibility_answer_fingerprint UNIQUE (fingerprint), 
	CONSTRAINT fk_eligibility_answer_coverage_id FOREIGN KEY(coverage_id) REFERENCES coverage (id), 
	CONSTRAINT fk_eligibility_answer_inquiry_id FOREIGN KEY(inquiry_id) REFERENCES eligibility_inquiry (id), 
	CONSTRAINT ck_eligibility_answer_answer_basis CHECK (basis IN ('none', 'trace', 'member', 'person'))
)

-- next

CREATE INDEX ix_eligibility_answer_basis ON eligibility_answer (basis, set_aside_reason)

-- next

CREATE INDEX ix_eligibility_answer_coverage_id ON eligibility_answer (coverage_id)

-- next

CREATE INDEX ix_eligibility_answer_inquiry_id ON eligibility_answer (inquiry_id)

-- next

CREATE TRIGGER append_only_eligibility_answer_delete BEFORE DELETE ON eligibility_answer FOR EACH ROW EXECUTE FUNCTION refuse('append_only_eligibility_answer')

-- next

CREATE TRIGGER append_only_eligibility_answer_update BEFORE UPDATE OF id, file_id, place, fingerprint, payer_name, trace, member_id, last_name, first_name, born_on, reject_codes ON eligibility_answer FOR EACH ROW EXECUTE FUNCTION refuse('append_only_eligibility_answer')

-- next

CREATE TABLE estimate_given (
	id BIGINT NOT NULL, 
	version_id BIGINT NOT NULL, 
	way VARCHAR(7) NOT NULL, 
	given_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	given_by TEXT NOT NULL, 
	taken_back_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_estimate_given PRIMARY KEY (id), 
	CONSTRAINT fk_estimate_given_version_id FOREIGN KEY(version_id) REFERENCES estimate_version (id), 
	CONSTRAINT ck_estimate_given_estimate_way CHECK (way IN ('printed', 'mailed', 'emailed'))
)

-- next

CREATE INDEX ix_estimate_given_given_at ON estimate_given (given_at)

-- next

CREATE INDEX ix_estimate_given_version_id ON estimate_given (version_id)

-- next

CREATE TRIGGER append_only_estimate_given_delete BEFORE DELETE ON estimate_given FOR EACH ROW EXECUTE FUNCTION refuse('append_only_estimate_given')

-- next

CREATE TRIGGER append_only_estimate_given_update BEFORE UPDATE OF id, version_id, way, given_at, given_by ON estimate_given FOR EACH ROW EXECUTE FUNCTION refuse('append_only_estimate_given')

-- next

CREATE TABLE estimate_line (
	id BIGINT NOT NULL, 
	version_id BIGINT NOT NULL, 
	place INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	label TEXT NOT NULL, 
	diagnosis TEXT NOT NULL, 
	units INTEGER NOT NULL, 
	fee_cents BIGINT NOT NULL, 
	expected_cents BIGINT NOT NULL, 
	CONSTRAINT pk_estimate_line PRIMARY KEY (id), 
	CONSTRAINT ck_estimate_line_units CHECK (units BETWEEN 1 AND 99), 
	CONSTRAINT ck_estimate_line_fee_possible CHECK (fee_cents > 0), 
	CONSTRAINT ck_estimate_line_expected_possible CHECK (expected_cents BETWEEN 0 AND fee_cents), 
	CONSTRAINT fk_estimate_line_version_id FOREIGN KEY(version_id) REFERENCES estimate_version (id) DEFERRABLE INITIALLY DEFERRED
)

-- next

CREATE INDEX ix_estimate_line_version_id ON estimate_line (version_id)

-- next

CREATE TRIGGER append_only_estimate_line_delete BEFORE DELETE ON estimate_line FOR EACH ROW EXECUTE FUNCTION refuse('append_only_estimate_line')

-- next

CREATE TRIGGER append_only_estimate_line_update BEFORE UPDATE OF id, version_id, place, code, label, diagnosis, units, fee_cents, expected_cents ON estimate_line FOR EACH ROW EXECUTE FUNCTION refuse('append_only_estimate_line')

-- next

CREATE OR REPLACE FUNCTION estimate_is_written() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM estimate_version WHERE estimate_version.id = NEW.version_id) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'estimate_is_written', CONSTRAINT = 'estimate_is_written'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER estimate_is_written BEFORE INSERT ON estimate_line FOR EACH ROW EXECUTE FUNCTION estimate_is_written()

-- next

CREATE TABLE outbound_item (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	request_id BIGINT NOT NULL, 
	position INTEGER NOT NULL, 
	what TEXT NOT NULL, 
	state VARCHAR(10) NOT NULL, 
	document_id BIGINT, 
	CONSTRAINT pk_outbound_item PRIMARY KEY (id), 
	CONSTRAINT uq_outbound_item_request_id_position UNIQUE (request_id, position), 
	CONSTRAINT ck_outbound_item_what CHECK (trim(what) <> '' AND length(what) <= 200), 
	CONSTRAINT ck_outbound_item_document CHECK (document_id IS NULL OR state = 'came'), 
	CONSTRAINT fk_outbound_item_request_id FOREIGN KEY(request_id) REFERENCES outbound_request (id), 
	CONSTRAINT ck_outbound_item_part_state CHECK (state IN ('waiting', 'came', 'none_there')), 
	CONSTRAINT fk_outbound_item_document_id FOREIGN KEY(document_id) REFERENCES document (id)
)

-- next

CREATE INDEX ix_outbound_item_document_id ON outbound_item (document_id)

-- next

CREATE TABLE release_fact (
	id BIGINT NOT NULL, 
	request_id BIGINT NOT NULL, 
	form_id BIGINT, 
	item VARCHAR(12) NOT NULL, 
	holds BOOLEAN NOT NULL, 
	words TEXT NOT NULL, 
	checked_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	checked_by TEXT NOT NULL, 
	checked_by_id BIGINT, 
	CONSTRAINT pk_release_fact PRIMARY KEY (id), 
	CONSTRAINT fk_release_fact_request_id FOREIGN KEY(request_id) REFERENCES release_request (id), 
	CONSTRAINT fk_release_fact_form_id FOREIGN KEY(form_id) REFERENCES release_form (id), 
	CONSTRAINT ck_release_fact_check_item CHECK (item IN ('identity', 'authority', 'described', 'discloser', 'recipient', 'purpose', 'expiry', 'signature', 'revocation', 'redisclosure', 'conditions', 'assurance', 'minimum')), 
	CONSTRAINT fk_release_fact_checked_by_id FOREIGN KEY(checked_by_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_release_fact_request_id_item ON release_fact (request_id, item)

-- next

CREATE TRIGGER append_only_release_fact_delete BEFORE DELETE ON release_fact FOR EACH ROW EXECUTE FUNCTION refuse('append_only_release_fact')

-- next

CREATE TRIGGER append_only_release_fact_update BEFORE UPDATE OF id, request_id, form_id, item, holds, words, checked_at, checked_by, checked_by_id ON release_fact FOR EACH ROW EXECUTE FUNCTION refuse('append_only_release_fact')

-- next

CREATE TABLE release_fee_paid (
	id BIGINT NOT NULL, 
	fee_id BIGINT NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	paid_on DATE NOT NULL, 
	how VARCHAR(5) NOT NULL, 
	receipt_number TEXT NOT NULL, 
	takes_back_id BIGINT, 
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_by_id BIGINT, 
	CONSTRAINT pk_release_fee_paid PRIMARY KEY (id), 
	CONSTRAINT uq_release_fee_paid_takes_back_id UNIQUE (takes_back_id), 
	CONSTRAINT ck_release_fee_paid_amount CHECK ((takes_back_id IS NULL) = (amount_cents > 0)), 
	CONSTRAINT ck_release_fee_paid_receipt_number CHECK (takes_back_id IS NOT NULL OR trim(receipt_number) <> ''), 
	CONSTRAINT fk_release_fee_paid_fee_id FOREIGN KEY(fee_id) REFERENCES release_fee (id), 
	CONSTRAINT ck_release_fee_paid_paid_how CHECK (how IN ('cash', 'check', 'card', 'other')), 
	CONSTRAINT fk_release_fee_paid_takes_back_id FOREIGN KEY(takes_back_id) REFERENCES release_fee_paid (id), 
	CONSTRAINT fk_release_fee_paid_recorded_by_id FOREIGN KEY(recorded_by_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_release_fee_paid_fee_id ON release_fee_paid (fee_id)

-- next

CREATE TRIGGER append_only_release_fee_paid_delete BEFORE DELETE ON release_fee_paid FOR EACH ROW EXECUTE FUNCTION refuse('append_only_release_fee_paid')

-- next

CREATE TRIGGER append_only_release_fee_paid_update BEFORE UPDATE OF id, fee_id, amount_cents, paid_on, how, receipt_number, takes_back_id, recorded_at, recorded_by, recorded_by_id ON release_fee_paid FOR EACH ROW EXECUTE FUNCTION refuse('append_only_release_fee_paid')

-- next

CREATE TABLE release_form_end (
	id BIGINT NOT NULL, 
	form_id BIGINT NOT NULL, 
	how VARCHAR(12) NOT NULL, 
	ended_on DATE NOT NULL, 
	words TEXT NOT NULL, 
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	recorded_by_id BIGINT, 
	CONSTRAINT pk_release_form_end PRIMARY KEY (id), 
	CONSTRAINT uq_release_form_end_form_id UNIQUE (form_id), 
	CONSTRAINT fk_release_form_end_form_id FOREIGN KEY(form_id) REFERENCES release_form (id), 
	CONSTRAINT ck_release_form_end_form_end CHECK (how IN ('revoked', 'event_passed')), 
	CONSTRAINT fk_release_form_end_recorded_by_id FOREIGN KEY(recorded_by_id) REFERENCES user_account (id)
)

-- next

CREATE TRIGGER append_only_release_form_end_delete BEFORE DELETE ON release_form_end FOR EACH ROW EXECUTE FUNCTION refuse('append_only_release_form_end')

-- next

CREATE TRIGGER append_only_release_form_end_update BEFORE UPDATE OF id, form_id, how, ended_on, words, recorded_at, recorded_by_id ON release_form_end FOR EACH ROW EXECUTE FUNCTION refuse('append_only_release_form_end')

-- next

CREATE TABLE release_sending (
	id BIGINT NOT NULL, 
	packet_id BIGINT NOT NULL, 
	attempt INTEGER NOT NULL, 
	way VARCHAR(12) NOT NULL, 
	to_name TEXT NOT NULL, 
	to_address TEXT NOT NULL, 
	locked_sha256 VARCHAR(64), 
	password_told VARCHAR(9), 
	tracking TEXT NOT NULL, 
	id_seen TEXT NOT NULL, 
	note TEXT NOT NULL, 
	sent_on DATE NOT NULL, 
	sent_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	sent_by TEXT NOT NULL, 
	sent_by_id BIGINT, 
	CONSTRAINT pk_release_sending PRIMARY KEY (id), 
	CONSTRAINT uq_release_sending_packet_id_attempt UNIQUE (packet_id, attempt), 
	CONSTRAINT ck_release_sending_attempt CHECK (attempt > 0), 
	CONSTRAINT ck_release_sending_to_name CHECK (trim(to_name) <> ''), 
	CONSTRAINT ck_release_sending_locked_with_password CHECK ((locked_sha256 IS NULL) = (password_told IS NULL)), 
	CONSTRAINT ck_release_sending_id_seen CHECK (way <> 'pick_up' OR trim(id_seen) <> ''), 
	CONSTRAINT fk_release_sending_packet_id FOREIGN KEY(packet_id) REFERENCES release_packet (id), 
	CONSTRAINT ck_release_sending_release_way CHECK (way IN ('pick_up', 'mail', 'fax', 'secure_email', 'email', 'media')), 
	CONSTRAINT fk_release_sending_locked_sha256 FOREIGN KEY(locked_sha256) REFERENCES document_content (sha256), 
	CONSTRAINT ck_release_sending_password_way CHECK (password_told IN ('phone', 'in_person', 'letter')), 
	CONSTRAINT fk_release_sending_sent_by_id FOREIGN KEY(sent_by_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_release_sending_locked_sha256 ON release_sending (locked_sha256)

-- next

CREATE TRIGGER append_only_release_sending_delete BEFORE DELETE ON release_sending FOR EACH ROW EXECUTE FUNCTION refuse('append_only_release_sending')

-- next

CREATE TRIGGER append_only_release_sending_update BEFORE UPDATE OF id, packet_id, attempt, way, to_name, to_address, locked_sha256, password_told, tracking, id_seen, note, sent_on, sent_at, sent_by, sent_by_id ON release_sending FOR EACH ROW EXECUTE FUNCTION refuse('append_only_release_sending')

-- next

CREATE TABLE reminder_attempt (
	id BIGINT NOT NULL, 
	job_id BIGINT NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	channel VARCHAR(9) NOT NULL, 
	result VARCHAR(9) NOT NULL, 
	sent_to VARCHAR(254) NOT NULL, 
	gateway_id TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	next_try_at TIMESTAMP WITH TIME ZONE, 
	station_id BIGINT NOT NULL, 
	user_id BIGINT, 
	CONSTRAINT pk_reminder_attempt PRIMARY KEY (id), 
	CONSTRAINT ck_reminder_attempt_answer CHECK (length(answer) <= 300), 
	CONSTRAINT ck_reminder_attempt_next_try CHECK (next_try_at IS NULL OR result = 'temporary'), 
	CONSTRAINT fk_reminder_attempt_job_id FOREIGN KEY(job_id) REFERENCES reminder_job (id), 
	CONSTRAINT ck_reminder_attempt_channel CHECK (channel IN ('phone', 'text', 'email', 'in_person', 'letter')), 
	CONSTRAINT ck_reminder_attempt_attempt_result CHECK (result IN ('sent', 'temporary', 'permanent', 'unknown', 'bounced')), 
	CONSTRAINT fk_reminder_attempt_station_id FOREIGN KEY(station_id) REFERENCES station (id), 
	CONSTRAINT fk_reminder_attempt_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_reminder_attempt_job_id ON reminder_attempt (job_id)

-- next

CREATE TRIGGER append_only_reminder_attempt_delete BEFORE DELETE ON reminder_attempt FOR EACH ROW EXECUTE FUNCTION refuse('append_only_reminder_attempt')

-- next

CREATE TRIGGER append_only_reminder_attempt_update BEFORE UPDATE OF id, job_id, at, channel, result, sent_to, gateway_id, answer, next_try_at, station_id, user_id ON reminder_attempt FOR EACH ROW EXECUTE FUNCTION refuse('append_only_reminder_attempt')

-- next

CREATE TABLE superbill_diagnosis (
	id BIGINT NOT NULL, 
	superbill_id BIGINT NOT NULL, 
	place INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	label TEXT NOT NULL, 
	CONSTRAINT pk_superbill_diagnosis PRIMARY KEY (id), 
	CONSTRAINT uq_superbill_diagnosis_superbill_id_place UNIQUE (superbill_id, place), 
	CONSTRAINT uq_superbill_diagnosis_superbill_id_code UNIQUE (superbill_id, code), 
	CONSTRAINT ck_superbill_diagnosis_twelve_at_most CHECK (place BETWEEN 1 AND 12), 
	CONSTRAINT fk_superbill_diagnosis_superbill_id FOREIGN KEY(superbill_id) REFERENCES superbill (id)
)

-- next

CREATE TABLE superbill_provider (
	id BIGINT NOT NULL, 
	superbill_id BIGINT NOT NULL, 
	place INTEGER NOT NULL, 
	role VARCHAR(12) NOT NULL, 
	last_name TEXT NOT NULL, 
	first_name TEXT NOT NULL, 
	npi TEXT NOT NULL, 
	CONSTRAINT pk_superbill_provider PRIMARY KEY (id), 
	CONSTRAINT uq_superbill_provider_superbill_id_place_role UNIQUE (superbill_id, place, role), 
	CONSTRAINT ck_superbill_provider_line_possible CHECK (place BETWEEN 0 AND 50), 
	CONSTRAINT ck_superbill_provider_named CHECK (trim(last_name) <> ''), 
	CONSTRAINT fk_superbill_provider_superbill_id FOREIGN KEY(superbill_id) REFERENCES superbill (id), 
	CONSTRAINT ck_superbill_provider_provider_role CHECK (role IN ('referring', 'primary care', 'ordering', 'supervising'))
)

-- next

CREATE TABLE charge_drug (
	id BIGINT NOT NULL, 
	charge_line_id BIGINT NOT NULL, 
	ndc TEXT NOT NULL, 
	unit VARCHAR(2) NOT NULL, 
	thousandths INTEGER NOT NULL, 
	CONSTRAINT pk_charge_drug PRIMARY KEY (id), 
	CONSTRAINT ck_charge_drug_ndc_eleven CHECK (length(ndc) = 11), 
	CONSTRAINT ck_charge_drug_quantity_possible CHECK (thousandths BETWEEN 1 AND 999999999), 
	CONSTRAINT uq_charge_drug_charge_line_id UNIQUE (charge_line_id), 
	CONSTRAINT fk_charge_drug_charge_line_id FOREIGN KEY(charge_line_id) REFERENCES charge_line (id), 
	CONSTRAINT ck_charge_drug_drug_unit CHECK (unit IN ('UN', 'ML', 'ME', 'GR', 'F2'))
)

-- next

CREATE INDEX ix_charge_drug_ndc ON charge_drug (ndc)

-- next

CREATE TRIGGER append_only_charge_drug_delete BEFORE DELETE ON charge_drug FOR EACH ROW EXECUTE FUNCTION refuse('append_only_charge_drug')

-- next

CREATE TRIGGER append_only_charge_drug_update BEFORE UPDATE OF id, charge_line_id, ndc, unit, thousandths ON charge_drug FOR EACH ROW EXECUTE FUNCTION refuse('append_only_charge_drug')

-- next

CREATE TABLE claim_accident (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	claim_id BIGINT NOT NULL, 
	kind VARCHAR(2) NOT NULL, 
	happened_on DATE, 
	state TEXT NOT NULL, 
	CONSTRAINT pk_claim_accident PRIMARY KEY (id), 
	CONSTRAINT ck_claim_accident_state_of_two_letters CHECK (length(state) IN (0, 2)), 
	CONSTRAINT uq_claim_accident_claim_id UNIQUE (claim_id), 
	CONSTRAINT fk_claim_accident_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id), 
	CONSTRAINT ck_claim_accident_accident_kind CHECK (kind IN ('AA', 'EM', 'OA'))
)

-- next

CREATE TABLE claim_answer (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	file_id BIGINT NOT NULL, 
	place INTEGER NOT NULL, 
	kind VARCHAR(5) NOT NULL, 
	outcome TEXT NOT NULL, 
	code TEXT NOT NULL, 
	sentence TEXT NOT NULL, 
	from_name TEXT NOT NULL, 
	claim_number TEXT NOT NULL, 
	control_number TEXT NOT NULL, 
	payer_control_number TEXT NOT NULL, 
	charge_cents BIGINT, 
	answered_on DATE, 
	claim_id BIGINT, 
	claim_batch_id BIGINT, 
	set_aside_reason TEXT NOT NULL, 
	CONSTRAINT pk_claim_answer PRIMARY KEY (id), 
	CONSTRAINT uq_claim_answer_file_id_place UNIQUE (file_id, place), 
	CONSTRAINT ck_claim_answer_matched_or_set_aside CHECK (set_aside_reason = '' OR (claim_id IS NULL AND claim_batch_id IS NULL)), 
	CONSTRAINT fk_claim_answer_file_id FOREIGN KEY(file_id) REFERENCES claim_answer_file (id), 
	CONSTRAINT ck_claim_answer_answer_kind CHECK (kind IN ('ta1', '999', '277ca', '277')), 
	CONSTRAINT fk_claim_answer_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id), 
	CONSTRAINT fk_claim_answer_claim_batch_id FOREIGN KEY(claim_batch_id) REFERENCES claim_batch (id)
)

-- next

CREATE INDEX ix_claim_answer_claim_batch_id ON claim_answer (claim_batch_id)

-- next

CREATE INDEX ix_claim_answer_claim_id ON claim_answer (claim_id)

-- next

CREATE INDEX ix_claim_answer_claim_number ON claim_answer (claim_number)

-- next

CREATE TRIGGER append_only_claim_answer_delete BEFORE DELETE ON claim_answer FOR EACH ROW EXECUTE FUNCTION refuse('append_only_claim_answer')

-- next

CREATE TRIGGER append_only_claim_answer_update BEFORE UPDATE OF id, file_id, place, kind, outcome, code, sentence, from_name, claim_number, control_number, payer_control_number, charge_cents, answered_on ON claim_answer FOR EACH ROW EXECUTE FUNCTION refuse('append_only_claim_answer')

-- next

CREATE TABLE claim_circumstances (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	claim_id BIGINT NOT NULL, 
	onset_kind VARCHAR(3) NOT NULL, 
	onset_on DATE, 
	other_kind VARCHAR(3), 
	other_on DATE, 
	unable_from DATE, 
	unable_until DATE, 
	last_worked_on DATE, 
	returned_on DATE, 
	admitted_on DATE, 
	discharged_on DATE, 
	condition_codes TEXT NOT NULL, 
	case_number TEXT NOT NULL, 
	delay VARCHAR(2), 
	screening VARCHAR(2), 
	note TEXT NOT NULL, 
	note_kind VARCHAR(3) NOT NULL, 
	assignment VARCHAR(1) NOT NULL, 
	program VARCHAR(2), 
	file_info TEXT NOT NULL, 
	spine VARCHAR(1), 
	outside_name TEXT NOT NULL, 
	outside_npi TEXT NOT NULL, 
	outside_street TEXT NOT NULL, 
	outside_city TEXT NOT NULL, 
	outside_state TEXT NOT NULL, 
	outside_zip TEXT NOT NULL, 
	CONSTRAINT pk_claim_circumstances PRIMARY KEY (id), 
	CONSTRAINT ck_claim_circumstances_other_date_is_of_a_kind CHECK ((other_kind IS NULL) = (other_on IS NULL)), 
	CONSTRAINT ck_claim_circumstances_work_ends_after_start CHECK (unable_until >= unable_from), 
	CONSTRAINT ck_claim_circumstances_leaves_after_coming CHECK (discharged_on >= admitted_on), 
	CONSTRAINT ck_claim_circumstances_note_fits CHECK (length(note) <= 80), 
	CONSTRAINT ck_claim_circumstances_file_info_fits CHECK (length(file_info) <= 80), 
	CONSTRAINT uq_claim_circumstances_claim_id UNIQUE (claim_id), 
	CONSTRAINT fk_claim_circumstances_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id), 
	CONSTRAINT ck_claim_circumstances_onset_kind CHECK (onset_kind IN ('431', '484')), 
	CONSTRAINT ck_claim_circumstances_other_date CHECK (other_kind IN ('454', '304', '453', '455', '471', '090', '091', '444')), 
	CONSTRAINT ck_claim_circumstances_delay CHECK (delay IN ('1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '15')), 
	CONSTRAINT ck_claim_circumstances_screening CHECK (screening IN ('AV', 'S2', 'ST', 'NU')), 
	CONSTRAINT ck_claim_circumstances_note_kind CHECK (note_kind IN ('ADD', 'CER', 'DCP', 'DGN', 'TPO')), 
	CONSTRAINT ck_claim_circumstances_assignment CHECK (assignment IN ('A', 'B', 'C')), 
	CONSTRAINT ck_claim_circumstances_program CHECK (program IN ('02', '03', '05', '09')), 
	CONSTRAINT ck_claim_circumstances_spine_condition CHECK (spine IN ('A', 'C', 'D', 'E', 'F', 'G', 'M'))
)

-- next

CREATE TABLE claim_event (
	id BIGINT NOT NULL, 
	claim_id BIGINT NOT NULL, 
	kind VARCHAR(9) NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	by TEXT NOT NULL, 
	detail TEXT NOT NULL, 
	CONSTRAINT pk_claim_event PRIMARY KEY (id), 
	CONSTRAINT fk_claim_event_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id), 
	CONSTRAINT ck_claim_event_event_kind CHECK (kind IN ('made', 'checked', 'changed', 'held', 'released', 'batched', 'sent', 'unbatched', 'answered', 'accepted', 'asked', 'remitted', 'appealed', 'corrected', 'voided', 'closed', 'note'))
)

-- next

CREATE INDEX ix_claim_event_claim_id ON claim_event (claim_id)

-- next

CREATE TRIGGER append_only_claim_event_delete BEFORE DELETE ON claim_event FOR EACH ROW EXECUTE FUNCTION refuse('append_only_claim_event')

-- next

CREATE TRIGGER append_only_claim_event_update BEFORE UPDATE OF id, claim_id, kind, at, by, detail ON claim_event FOR EACH ROW EXECUTE FUNCTION refuse('append_only_claim_event')

-- next

CREATE TABLE claim_finding (
	id BIGINT NOT NULL, 
	claim_id BIGINT NOT NULL, 
	place INTEGER NOT NULL, 
	rule TEXT NOT NULL, 
	severity VARCHAR(5) NOT NULL, 
	owner TEXT NOT NULL, 
	message TEXT NOT NULL, 
	advice TEXT NOT NULL, 
	target TEXT NOT NULL, 
	field TEXT NOT NULL, 
	line INTEGER, 
	suggestion TEXT NOT NULL, 
	CONSTRAINT pk_claim_finding PRIMARY KEY (id), 
	CONSTRAINT fk_claim_finding_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id), 
	CONSTRAINT ck_claim_finding_severity CHECK (severity IN ('block', 'warn', 'info'))
)

-- next

CREATE INDEX ix_claim_finding_claim_id ON claim_finding (claim_id)

-- next

CREATE TRIGGER finding_is_found_anew BEFORE UPDATE ON claim_finding FOR EACH ROW EXECUTE FUNCTION refuse('finding_is_found_anew')

-- next

CREATE TABLE claim_inquiry (
	id BIGINT NOT NULL, 
	batch_id BIGINT NOT NULL, 
	trace TEXT NOT NULL, 
	claim_id BIGINT NOT NULL, 
	CONSTRAINT pk_claim_inquiry PRIMARY KEY (id), 
	CONSTRAINT fk_claim_inquiry_batch_id FOREIGN KEY(batch_id) REFERENCES claim_inquiry_batch (id), 
	CONSTRAINT uq_claim_inquiry_trace UNIQUE (trace), 
	CONSTRAINT fk_claim_inquiry_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id)
)

-- next

CREATE INDEX ix_claim_inquiry_batch_id ON claim_inquiry (batch_id)

-- next

CREATE INDEX ix_claim_inquiry_claim_id ON claim_inquiry (claim_id, id)

-- next

CREATE TRIGGER append_only_claim_inquiry_delete BEFORE DELETE ON claim_inquiry FOR EACH ROW EXECUTE FUNCTION refuse('append_only_claim_inquiry')

-- next

CREATE TRIGGER append_only_claim_inquiry_update BEFORE UPDATE OF id, batch_id, trace, claim_id ON claim_inquiry FOR EACH ROW EXECUTE FUNCTION refuse('append_only_claim_inquiry')

-- next

CREATE TABLE claim_line (
	id BIGINT NOT NULL, 
	claim_id BIGINT NOT NULL, 
	charge_line_id BIGINT NOT NULL, 
	place INTEGER NOT NULL, 
	control_number TEXT NOT NULL, 
	diagnosis_pointers TEXT NOT NULL, 
	CONSTRAINT pk_claim_line PRIMARY KEY (id), 
	CONSTRAINT uq_claim_line_claim_id_place UNIQUE (claim_id, place), 
	CONSTRAINT uq_claim_line_claim_id_charge_line_id UNIQUE (claim_id, charge_line_id), 
	CONSTRAINT ck_claim_line_four_pointers_at_most CHECK (length(diagnosis_pointers) <= 4), 
	CONSTRAINT fk_claim_line_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id), 
	CONSTRAINT fk_claim_line_charge_line_id FOREIGN KEY(charge_line_id) REFERENCES charge_line (id), 
	CONSTRAINT uq_claim_line_control_number UNIQUE (control_number)
)

-- next

CREATE INDEX ix_claim_line_charge_line_id ON claim_line (charge_line_id)

-- next

CREATE TABLE claim_provider (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	claim_id BIGINT NOT NULL, 
	place INTEGER NOT NULL, 
	role VARCHAR(12) NOT NULL, 
	last_name TEXT NOT NULL, 
	first_name TEXT NOT NULL, 
	npi TEXT NOT NULL, 
	CONSTRAINT pk_claim_provider PRIMARY KEY (id), 
	CONSTRAINT uq_claim_provider_claim_id_place_role UNIQUE (claim_id, place, role), 
	CONSTRAINT ck_claim_provider_line_possible CHECK (place BETWEEN 0 AND 50), 
	CONSTRAINT ck_claim_provider_named CHECK (trim(last_name) <> ''), 
	CONSTRAINT fk_claim_provider_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id), 
	CONSTRAINT ck_claim_provider_provider_role CHECK (role IN ('referring', 'primary care', 'ordering', 'supervising'))
)

-- next

CREATE TABLE claim_reference (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	claim_id BIGINT NOT NULL, 
	kind VARCHAR(2) NOT NULL, 
	number TEXT NOT NULL, 
	CONSTRAINT pk_claim_reference PRIMARY KEY (id), 
	CONSTRAINT uq_claim_reference_claim_id_kind UNIQUE (claim_id, kind), 
	CONSTRAINT ck_claim_reference_number_fits CHECK (length(number) BETWEEN 1 AND 50), 
	CONSTRAINT fk_claim_reference_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id), 
	CONSTRAINT ck_claim_reference_reference_kind CHECK (kind IN ('4N', 'F5', 'EW', 'LX', 'P4', '1J'))
)

-- next

CREATE TABLE claim_version (
	id BIGINT NOT NULL, 
	claim_id BIGINT NOT NULL, 
	number INTEGER NOT NULL, 
	claim_batch_id BIGINT NOT NULL, 
	made_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	content TEXT NOT NULL, 
	CONSTRAINT pk_claim_version PRIMARY KEY (id), 
	CONSTRAINT uq_claim_version_claim_id_number UNIQUE (claim_id, number), 
	CONSTRAINT fk_claim_version_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id), 
	CONSTRAINT fk_claim_version_claim_batch_id FOREIGN KEY(claim_batch_id) REFERENCES claim_batch (id)
)

-- next

CREATE INDEX ix_claim_version_claim_batch_id ON claim_version (claim_batch_id)

-- next

CREATE TRIGGER append_only_claim_version_delete BEFORE DELETE ON claim_version FOR EACH ROW EXECUTE FUNCTION refuse('append_only_claim_version')

-- next

CREATE TRIGGER append_only_claim_version_update BEFORE UPDATE OF id, claim_id, number, claim_batch_id, made_at, content ON claim_version FOR EACH ROW EXECUTE FUNCTION refuse('append_only_claim_version')

-- next

CREATE OR REPLACE FUNCTION blocked_claim_has_no_version() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM claim_finding WHERE claim_finding.claim_id = NEW.claim_id AND severity = 'block') THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'blocked_claim', CONSTRAINT = 'blocked_claim'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER blocked_claim_has_no_version BEFORE INSERT ON claim_version FOR EACH ROW EXECUTE FUNCTION blocked_claim_has_no_version()

-- next

CREATE TABLE coverage_verification (
	id BIGINT NOT NULL, 
	coverage_id BIGINT NOT NULL, 
	verified_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	verified_by VARCHAR(120) NOT NULL, 
	way VARCHAR(10) NOT NULL, 
	result VARCHAR(9) NOT NULL, 
	service_on DATE NOT NULL, 
	copay_cents BIGINT, 
	coinsurance_percent INTEGER, 
	deductible_cents BIGINT, 
	deductible_left_cents BIGINT, 
	out_of_pocket_cents BIGINT, 
	out_of_pocket_left_cents BIGINT, 
	has_benefits BOOLEAN NOT NULL, 
	plan_said TEXT NOT NULL, 
	plan_begins_on DATE, 
	plan_ends_on DATE, 
	reject_codes TEXT NOT NULL, 
	answer_id BIGINT, 
	reference VARCHAR(60) NOT NULL, 
	said_by VARCHAR(80) NOT NULL, 
	note VARCHAR(400) NOT NULL, 
	CONSTRAINT pk_coverage_verification PRIMARY KEY (id), 
	CONSTRAINT ck_coverage_verification_copay_not_negative CHECK (copay_cents >= 0), 
	CONSTRAINT ck_coverage_verification_coinsurance_is_percent CHECK (coinsurance_percent BETWEEN 0 AND 100), 
	CONSTRAINT ck_coverage_verification_deductible_left_of_total CHECK (deductible_left_cents BETWEEN 0 AND deductible_cents), 
	CONSTRAINT ck_coverage_verification_out_of_pocket_not_negative CHECK (out_of_pocket_left_cents >= 0), 
	CONSTRAINT ck_coverage_verification_out_of_pocket_left_of_total CHECK (out_of_pocket_left_cents BETWEEN 0 AND out_of_pocket_cents), 
	CONSTRAINT ck_coverage_verification_rejected_with_code CHECK (result <> 'rejected' OR reject_codes <> ''), 
	CONSTRAINT ck_coverage_verification_phone_names_its_source CHECK (way <> 'phone' OR result = 'no_answer' OR (reference <> '' AND said_by <> '')), 
	CONSTRAINT fk_coverage_verification_coverage_id FOREIGN KEY(coverage_id) REFERENCES coverage (id), 
	CONSTRAINT ck_coverage_verification_verification_way CHECK (way IN ('electronic', 'phone', 'portal')), 
	CONSTRAINT ck_coverage_verification_verification_result CHECK (result IN ('active', 'inactive', 'not_found', 'no_answer', 'rejected')), 
	CONSTRAINT fk_coverage_verification_answer_id FOREIGN KEY(answer_id) REFERENCES eligibility_answer (id)
)

-- next

CREATE INDEX ix_coverage_verification_answer_id ON coverage_verification (answer_id)

-- next

CREATE INDEX ix_coverage_verification_latest ON coverage_verification (coverage_id, verified_at)

-- next

CREATE TRIGGER append_only_coverage_verification_delete BEFORE DELETE ON coverage_verification FOR EACH ROW EXECUTE FUNCTION refuse('append_only_coverage_verification')

-- next

CREATE TRIGGER append_only_coverage_verification_update BEFORE UPDATE OF id, coverage_id, verified_at, verified_by, way, result, service_on, copay_cents, coinsurance_percent, deductible_cents, deductible_left_cents, out_of_pocket_cents, out_of_pocket_left_cents, has_benefits, plan_said, plan_begins_on, plan_ends_on, reject_codes, answer_id, reference, said_by, note ON coverage_verification FOR EACH ROW EXECUTE FUNCTION refuse('append_only_coverage_verification')

-- next

CREATE TABLE disclosure (
	id BIGINT NOT NULL, 
	patient_id BIGINT NOT NULL, 
	disclosed_on DATE NOT NULL, 
	recipient TEXT NOT NULL, 
	recipient_address TEXT NOT NULL, 
	what TEXT NOT NULL, 
	purpose TEXT NOT NULL, 
	ground VARCHAR(15) NOT NULL, 
	has_part_2 BOOLEAN NOT NULL, 
	is_accounted BOOLEAN NOT NULL, 
	until_on DATE, 
	times INTEGER, 
	sending_id BIGINT, 
	corrects_id BIGINT, 
	is_struck BOOLEAN NOT NULL, 
	struck_because TEXT NOT NULL, 
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_by_id BIGINT, 
	CONSTRAINT pk_disclosure PRIMARY KEY (id), 
	CONSTRAINT uq_disclosure_corrects_id UNIQUE (corrects_id), 
	CONSTRAINT ck_disclosure_recipient CHECK (trim(recipient) <> ''), 
	CONSTRAINT ck_disclosure_what CHECK (trim(what) <> ''), 
	CONSTRAINT ck_disclosure_purpose CHECK (trim(purpose) <> ''), 
	CONSTRAINT ck_disclosure_texts_short CHECK (length(what) <= 1000 AND length(purpose) <= 1000), 
	CONSTRAINT ck_disclosure_series CHECK ((until_on IS NULL) = (times IS NULL)), 
	CONSTRAINT ck_disclosure_series_of_several CHECK (until_on > disclosed_on AND times > 1), 
	CONSTRAINT ck_disclosure_struck CHECK (is_struck = (trim(struck_because) <> '')), 
	CONSTRAINT ck_disclosure_strikes_one CHECK (NOT is_struck OR corrects_id IS NOT NULL), 
	CONSTRAINT fk_disclosure_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT ck_disclosure_ground CHECK (ground IN ('access', 'authorization', 'treatment', 'payment', 'operations', 'court_order', 'subpoena', 'required_by_law', 'public_health', 'abuse', 'oversight', 'law_enforcement', 'decedent', 'donation', 'research', 'safety', 'government', 'workers_comp', 'mistake')), 
	CONSTRAINT fk_disclosure_sending_id FOREIGN KEY(sending_id) REFERENCES release_sending (id), 
	CONSTRAINT fk_disclosure_corrects_id FOREIGN KEY(corrects_id) REFERENCES disclosure (id), 
	CONSTRAINT fk_disclosure_recorded_by_id FOREIGN KEY(recorded_by_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_disclosure_disclosed_on ON disclosure (disclosed_on)

-- next

CREATE INDEX ix_disclosure_patient_id_disclosed_on ON disclosure (patient_id, disclosed_on)

-- next

CREATE INDEX ix_disclosure_sending_id ON disclosure (sending_id)

-- next

CREATE TRIGGER append_only_disclosure_delete BEFORE DELETE ON disclosure FOR EACH ROW EXECUTE FUNCTION refuse('append_only_disclosure')

-- next

CREATE TRIGGER append_only_disclosure_update BEFORE UPDATE OF id, disclosed_on, recipient, recipient_address, what, purpose, ground, has_part_2, is_accounted, until_on, times, sending_id, corrects_id, is_struck, struck_because, recorded_at, recorded_by, recorded_by_id ON disclosure FOR EACH ROW EXECUTE FUNCTION refuse('append_only_disclosure')

-- next

CREATE OR REPLACE FUNCTION append_only_disclosure_patient_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.patient_id IS DISTINCT FROM OLD.patient_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.goes_id = OLD.patient_id AND patient_merge.stays_id = NEW.patient_id) OR (patient_merge.stays_id = OLD.patient_id AND patient_merge.goes_id = NEW.patient_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_disclosure', CONSTRAINT = 'append_only_disclosure'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_disclosure_patient_id BEFORE UPDATE OF patient_id ON disclosure FOR EACH ROW EXECUTE FUNCTION append_only_disclosure_patient_id()

-- next

CREATE TABLE missed_fee (
	id BIGINT NOT NULL, 
	appointment_id BIGINT NOT NULL, 
	kind VARCHAR(11) NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	charge_line_id BIGINT, 
	waived_because TEXT NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	user_id BIGINT, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_missed_fee PRIMARY KEY (id), 
	CONSTRAINT ck_missed_fee_asks_something CHECK (amount_cents > 0), 
	CONSTRAINT ck_missed_fee_charged_or_waived CHECK ((charge_line_id IS NULL) = (waived_because <> '')), 
	CONSTRAINT ck_missed_fee_waived_because CHECK (length(waived_because) <= 200), 
	CONSTRAINT fk_missed_fee_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT ck_missed_fee_missed_kind CHECK (kind IN ('late_cancel', 'no_show')), 
	CONSTRAINT fk_missed_fee_charge_line_id FOREIGN KEY(charge_line_id) REFERENCES charge_line (id), 
	CONSTRAINT fk_missed_fee_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)

-- next

CREATE UNIQUE INDEX uq_missed_fee_appointment ON missed_fee (appointment_id) WHERE ended_at IS NULL

-- next

CREATE TRIGGER append_only_missed_fee_delete BEFORE DELETE ON missed_fee FOR EACH ROW EXECUTE FUNCTION refuse('append_only_missed_fee')

-- next

CREATE TRIGGER append_only_missed_fee_update BEFORE UPDATE OF id, appointment_id, kind, amount_cents, charge_line_id, waived_because, at, user_id ON missed_fee FOR EACH ROW EXECUTE FUNCTION refuse('append_only_missed_fee')

-- next

CREATE TABLE outbound_event (
	id BIGINT NOT NULL, 
	request_id BIGINT NOT NULL, 
	kind VARCHAR(10) NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	by TEXT NOT NULL, 
	by_id BIGINT, 
	way VARCHAR(5), 
	sent_to TEXT NOT NULL, 
	answered_by TEXT NOT NULL, 
	note TEXT NOT NULL, 
	item_id BIGINT, 
	document_id BIGINT, 
	needed_on DATE, 
	visit_id BIGINT, 
	chase_on DATE, 
	letter TEXT NOT NULL, 
	corrects_id BIGINT, 
	CONSTRAINT pk_outbound_event PRIMARY KEY (id), 
	CONSTRAINT ck_outbound_event_takes_back_one CHECK ((kind = 'taken_back') = (corrects_id IS NOT NULL)), 
	CONSTRAINT ck_outbound_event_of_an_item CHECK ((kind IN ('came', 'none_there')) = (item_id IS NOT NULL)), 
	CONSTRAINT ck_outbound_event_sent_some_way CHECK ((kind = 'sent') = (way IS NOT NULL)), 
	CONSTRAINT ck_outbound_event_texts_short CHECK (length(note) <= 1000 AND length(answered_by) <= 120), 
	CONSTRAINT fk_outbound_event_request_id FOREIGN KEY(request_id) REFERENCES outbound_request (id), 
	CONSTRAINT ck_outbound_event_outbound_kind CHECK (kind IN ('asked', 'dates', 'printed', 'sent', 'called', 'came', 'none_there', 'given_up', 'taken_back')), 
	CONSTRAINT fk_outbound_event_by_id FOREIGN KEY(by_id) REFERENCES user_account (id), 
	CONSTRAINT ck_outbound_event_outbound_way CHECK (way IN ('fax', 'mail', 'email', 'hand')), 
	CONSTRAINT fk_outbound_event_item_id FOREIGN KEY(item_id) REFERENCES outbound_item (id), 
	CONSTRAINT fk_outbound_event_document_id FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT fk_outbound_event_corrects_id FOREIGN KEY(corrects_id) REFERENCES outbound_event (id)
)

-- next

CREATE INDEX ix_outbound_event_request_id ON outbound_event (request_id)

-- next

CREATE TRIGGER append_only_outbound_event_delete BEFORE DELETE ON outbound_event FOR EACH ROW EXECUTE FUNCTION refuse('append_only_outbound_event')

-- next

CREATE TRIGGER append_only_outbound_event_update BEFORE UPDATE OF id, request_id, kind, at, by, by_id, way, sent_to, answered_by, note, item_id, document_id, needed_on, visit_id, chase_on, letter, corrects_id ON outbound_event FOR EACH ROW EXECUTE FUNCTION refuse('append_only_outbound_event')

-- next

CREATE TABLE payment_plan_line (
	id BIGINT NOT NULL, 
	plan_id BIGINT NOT NULL, 
	charge_line_id BIGINT NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	stands BOOLEAN NOT NULL, 
	CONSTRAINT pk_payment_plan_line PRIMARY KEY (id), 
	CONSTRAINT ck_payment_plan_line_amount_possible CHECK (amount_cents > 0 AND amount_cents < 1000000000), 
	CONSTRAINT fk_payment_plan_line_plan_id FOREIGN KEY(plan_id) REFERENCES payment_plan (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_payment_plan_line_charge_line_id FOREIGN KEY(charge_line_id) REFERENCES charge_line (id)
)

-- next

CREATE INDEX ix_payment_plan_line_plan_id ON payment_plan_line (plan_id)

-- next

CREATE UNIQUE INDEX uq_payment_plan_line_standing ON payment_plan_line (charge_line_id) WHERE stands

-- next

CREATE TRIGGER append_only_payment_plan_line_delete BEFORE DELETE ON payment_plan_line FOR EACH ROW EXECUTE FUNCTION refuse('append_only_payment_plan_line')

-- next

CREATE TRIGGER append_only_payment_plan_line_update BEFORE UPDATE OF id, plan_id, charge_line_id, amount_cents ON payment_plan_line FOR EACH ROW EXECUTE FUNCTION refuse('append_only_payment_plan_line')

-- next

CREATE OR REPLACE FUNCTION payment_plan_line_is_agreed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM payment_plan WHERE payment_plan.id = NEW.plan_id) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'payment_plan_is_agreed', CONSTRAINT = 'payment_plan_is_agreed'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER payment_plan_line_is_agreed BEFORE INSERT ON payment_plan_line FOR EACH ROW EXECUTE FUNCTION payment_plan_line_is_agreed()

-- next

CREATE TABLE release_proof (
	id BIGINT NOT NULL, 
	sending_id BIGINT NOT NULL, 
	outcome VARCHAR(9) NOT NULL, 
	happened_on DATE NOT NULL, 
	received_by TEXT NOT NULL, 
	words TEXT NOT NULL, 
	document_id BIGINT, 
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_by_id BIGINT, 
	CONSTRAINT pk_release_proof PRIMARY KEY (id), 
	CONSTRAINT ck_release_proof_words CHECK (trim(words) <> ''), 
	CONSTRAINT ck_release_proof_words_length CHECK (length(words) <= 1000), 
	CONSTRAINT fk_release_proof_sending_id FOREIGN KEY(sending_id) REFERENCES release_sending (id), 
	CONSTRAINT ck_release_proof_outcome CHECK (outcome IN ('delivered', 'failed')), 
	CONSTRAINT fk_release_proof_document_id FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT fk_release_proof_recorded_by_id FOREIGN KEY(recorded_by_id) REFERENCES user_account (id)
)

-- next

CREATE INDEX ix_release_proof_sending_id ON release_proof (sending_id)

-- next

CREATE TRIGGER append_only_release_proof_delete BEFORE DELETE ON release_proof FOR EACH ROW EXECUTE FUNCTION refuse('append_only_release_proof')

-- next

CREATE TRIGGER append_only_release_proof_update BEFORE UPDATE OF id, sending_id, outcome, happened_on, received_by, words, document_id, recorded_at, recorded_by, recorded_by_id ON release_proof FOR EACH ROW EXECUTE FUNCTION refuse('append_only_release_proof')

-- next

CREATE TABLE remittance_claim (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	remittance_id BIGINT NOT NULL, 
	place INTEGER NOT NULL, 
	claim_number TEXT NOT NULL, 
	status TEXT NOT NULL, 
	patient_last TEXT NOT NULL, 
	patient_first TEXT NOT NULL, 
	member_id TEXT NOT NULL, 
	payer_control_number TEXT NOT NULL, 
	served_on DATE, 
	charge_cents BIGINT NOT NULL, 
	paid_cents BIGINT NOT NULL, 
	contract_cents BIGINT NOT NULL, 
	patient_cents BIGINT NOT NULL, 
	other_cents BIGINT NOT NULL, 
	remarks TEXT NOT NULL, 
	amounts TEXT NOT NULL, 
	forwarded_to TEXT NOT NULL, 
	claim_id BIGINT, 
	basis VARCHAR(12) NOT NULL, 
	match_note TEXT NOT NULL, 
	is_unapplied BOOLEAN NOT NULL, 
	decided VARCHAR(9), 
	decided_note TEXT NOT NULL, 
	decided_off_cents BIGINT NOT NULL, 
	review TEXT NOT NULL, 
	CONSTRAINT pk_remittance_claim PRIMARY KEY (id), 
	CONSTRAINT uq_remittance_claim_remittance_id_place UNIQUE (remittance_id, place), 
	CONSTRAINT ck_remittance_claim_match_has_basis CHECK ((claim_id IS NULL) = (basis = 'none')), 
	CONSTRAINT ck_remittance_claim_matched_or_unapplied CHECK (claim_id IS NULL OR NOT is_unapplied), 
	CONSTRAINT ck_remittance_claim_decision_has_note CHECK (decided IS NULL OR decided_note <> ''), 
	CONSTRAINT ck_remittance_claim_part_is_decided CHECK (decided_off_cents = 0 OR (decided_off_cents > 0 AND decided <> 'write_off' AND decided IS NOT NULL)), 
	CONSTRAINT fk_remittance_claim_remittance_id FOREIGN KEY(remittance_id) REFERENCES remittance (id), 
	CONSTRAINT fk_remittance_claim_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id), 
	CONSTRAINT ck_remittance_claim_match_basis CHECK (basis IN ('none', 'line_number', 'claim_number', 'details', 'person')), 
	CONSTRAINT ck_remittance_claim_verdict CHECK (decided IN ('write_off', 'patient', 'appeal', 'keep'))
)

-- next

CREATE INDEX ix_remittance_claim_claim_id ON remittance_claim (claim_id)

-- next

CREATE INDEX ix_remittance_claim_payer_control_number ON remittance_claim (payer_control_number)

-- next

CREATE TRIGGER append_only_remittance_claim_delete BEFORE DELETE ON remittance_claim FOR EACH ROW EXECUTE FUNCTION refuse('append_only_remittance_claim')

-- next

CREATE TRIGGER append_only_remittance_claim_update BEFORE UPDATE OF id, remittance_id, place, claim_number, status, patient_last, patient_first, member_id, payer_control_number, served_on, charge_cents, paid_cents, remarks, amounts, forwarded_to ON remittance_claim FOR EACH ROW EXECUTE FUNCTION refuse('append_only_remittance_claim')

-- next

CREATE TABLE visit_authorization (
	id BIGINT NOT NULL, 
	appointment_id BIGINT NOT NULL, 
	use_id BIGINT NOT NULL, 
	CONSTRAINT pk_visit_authorization PRIMARY KEY (id), 
	CONSTRAINT fk_visit_authorization_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT uq_visit_authorization_use_id UNIQUE (use_id), 
	CONSTRAINT fk_visit_authorization_use_id FOREIGN KEY(use_id) REFERENCES authorization_use (id)
)

-- next

CREATE INDEX ix_visit_authorization_appointment_id ON visit_authorization (appointment_id)

-- next

CREATE TRIGGER append_only_visit_authorization_delete BEFORE DELETE ON visit_authorization FOR EACH ROW EXECUTE FUNCTION refuse('append_only_visit_authorization')

-- next

CREATE TRIGGER append_only_visit_authorization_update BEFORE UPDATE OF id, appointment_id, use_id ON visit_authorization FOR EACH ROW EXECUTE FUNCTION refuse('append_only_visit_authorization')

-- next

CREATE TABLE claim_attachment (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	claim_id BIGINT NOT NULL, 
	claim_line_id BIGINT, 
	report TEXT NOT NULL, 
	transmission VARCHAR(2) NOT NULL, 
	control_number TEXT NOT NULL, 
	sent_on DATE, 
	is_taken_off BOOLEAN NOT NULL, 
	CONSTRAINT pk_claim_attachment PRIMARY KEY (id), 
	CONSTRAINT ck_claim_attachment_report_of_two CHECK (length(report) = 2), 
	CONSTRAINT ck_claim_attachment_numbered_where_sent CHECK ((transmission = 'AA') = (control_number = '')), 
	CONSTRAINT ck_claim_attachment_on_request_is_not_sent CHECK (transmission <> 'AA' OR sent_on IS NULL), 
	CONSTRAINT fk_claim_attachment_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id), 
	CONSTRAINT fk_claim_attachment_claim_line_id FOREIGN KEY(claim_line_id) REFERENCES claim_line (id), 
	CONSTRAINT ck_claim_attachment_transmission CHECK (transmission IN ('BM', 'FX', 'EL', 'EM', 'FT', 'AA'))
)

-- next

CREATE INDEX ix_claim_attachment_claim_id ON claim_attachment (claim_id)

-- next

CREATE INDEX ix_claim_attachment_claim_line_id ON claim_attachment (claim_line_id)

-- next

CREATE INDEX ix_claim_attachment_sent_on ON claim_attachment (sent_on)

-- next

CREATE TABLE claim_drug (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	claim_line_id BIGINT NOT NULL, 
	ndc TEXT NOT NULL, 
	thousandths INTEGER NOT NULL, 
	unit VARCHAR(2) NOT NULL, 
	CONSTRAINT pk_claim_drug PRIMARY KEY (id), 
	CONSTRAINT ck_claim_drug_ndc_of_eleven CHECK (length(ndc) = 11), 
	CONSTRAINT ck_claim_drug_given_some CHECK (thousandths BETWEEN 1 AND 999999999), 
	CONSTRAINT uq_claim_drug_claim_line_id UNIQUE (claim_line_id), 
	CONSTRAINT fk_claim_drug_claim_line_id FOREIGN KEY(claim_line_id) REFERENCES claim_line (id), 
	CONSTRAINT ck_claim_drug_drug_unit CHECK (unit IN ('UN', 'ML', 'ME', 'GR', 'F2'))
)

-- next

CREATE TABLE claim_line_mark (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	claim_line_id BIGINT NOT NULL, 
	is_emergency BOOLEAN NOT NULL, 
	is_screening BOOLEAN NOT NULL, 
	is_family_planning BOOLEAN NOT NULL, 
	bought_cents BIGINT, 
	minutes INTEGER, 
	description TEXT NOT NULL, 
	note TEXT NOT NULL, 
	note_kind VARCHAR(3) NOT NULL, 
	CONSTRAINT pk_claim_line_mark PRIMARY KEY (id), 
	CONSTRAINT ck_claim_line_mark_bought_for_something CHECK (bought_cents > 0), 
	CONSTRAINT ck_claim_line_mark_minutes_possible CHECK (minutes BETWEEN 1 AND 1440), 
	CONSTRAINT ck_claim_line_mark_words_fit CHECK (length(description) <= 80 AND length(note) <= 80), 
	CONSTRAINT ck_claim_line_mark_note_of_line CHECK (note_kind IN ('ADD', 'DCP', 'TPO')), 
	CONSTRAINT uq_claim_line_mark_claim_line_id UNIQUE (claim_line_id), 
	CONSTRAINT fk_claim_line_mark_claim_line_id FOREIGN KEY(claim_line_id) REFERENCES claim_line (id), 
	CONSTRAINT ck_claim_line_mark_note_kind CHECK (note_kind IN ('ADD', 'CER', 'DCP', 'DGN', 'TPO'))
)

-- next

CREATE TABLE coverage_benefit (
	id BIGINT NOT NULL, 
	verification_id BIGINT NOT NULL, 
	place INTEGER NOT NULL, 
	information TEXT NOT NULL, 
	coverage_level TEXT NOT NULL, 
	service_types TEXT NOT NULL, 
	insurance_type TEXT NOT NULL, 
	plan TEXT NOT NULL, 
	period TEXT NOT NULL, 
	amount_cents BIGINT, 
	percent_hundredths INTEGER, 
	quantity_qualifier TEXT NOT NULL, 
	quantity TEXT NOT NULL, 
	needs_authorization TEXT NOT NULL, 
	in_network TEXT NOT NULL, 
	procedure TEXT NOT NULL, 
	begins_on DATE, 
	ends_on DATE, 
	messages TEXT NOT NULL, 
	others TEXT NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_coverage_benefit PRIMARY KEY (id), 
	CONSTRAINT uq_coverage_benefit_verification_id_place UNIQUE (verification_id, place), 
	CONSTRAINT ck_coverage_benefit_says_something CHECK (information <> ''), 
	CONSTRAINT fk_coverage_benefit_verification_id FOREIGN KEY(verification_id) REFERENCES coverage_verification (id)
)

-- next

CREATE TRIGGER append_only_coverage_benefit_delete BEFORE DELETE ON coverage_benefit FOR EACH ROW EXECUTE FUNCTION refuse('append_only_coverage_benefit')

-- next

CREATE TRIGGER append_only_coverage_benefit_update BEFORE UPDATE OF id, verification_id, place, information, coverage_level, service_types, insurance_type, plan, period, amount_cents, percent_hundredths, quantity_qualifier, quantity, needs_authorization, in_network, procedure, begins_on, ends_on, messages, others, text ON coverage_benefit FOR EACH ROW EXECUTE FUNCTION refuse('append_only_coverage_benefit')

-- next

CREATE TABLE posting (
	id BIGINT NOT NULL, 
	kind VARCHAR(21) NOT NULL, 
	posted_on DATE NOT NULL, 
	posted_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	user_id BIGINT, 
	station_id BIGINT NOT NULL, 
	total_cents BIGINT NOT NULL, 
	reason VARCHAR NOT NULL, 
	receipt_id BIGINT, 
	remittance_id BIGINT, 
	remittance_claim_id BIGINT, 
	reverses_id BIGINT, 
	CONSTRAINT pk_posting PRIMARY KEY (id), 
	CONSTRAINT uq_posting_id_posted_on UNIQUE (id, posted_on), 
	CONSTRAINT ck_posting_nets_to_zero CHECK (total_cents = 0 OR kind NOT IN ('application', 'transfer', 'account_transfer', 'account_transfer_back')), 
	CONSTRAINT ck_posting_reversal_names_what_it_reverses CHECK (reverses_id IS NOT NULL OR kind NOT IN ('charge_void', 'receipt_void', 'remittance_reversal')), 
	CONSTRAINT ck_posting_receipt_named CHECK (receipt_id IS NOT NULL OR kind NOT IN ('receipt', 'receipt_void', 'check_return')), 
	CONSTRAINT ck_posting_posting_kind CHECK (kind IN ('charge', 'charge_void', 'fee', 'receipt', 'receipt_void', 'check_return', 'application', 'remittance', 'remittance_reversal', 'transfer', 'account_transfer', 'account_transfer_back', 'write_off', 'refund', 'correction')), 
	CONSTRAINT fk_posting_user_id FOREIGN KEY(user_id) REFERENCES user_account (id), 
	CONSTRAINT fk_posting_station_id FOREIGN KEY(station_id) REFERENCES station (id), 
	CONSTRAINT fk_posting_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id), 
	CONSTRAINT fk_posting_remittance_id FOREIGN KEY(remittance_id) REFERENCES remittance (id), 
	CONSTRAINT fk_posting_remittance_claim_id FOREIGN KEY(remittance_claim_id) REFERENCES remittance_claim (id), 
	CONSTRAINT uq_posting_reverses_id UNIQUE (reverses_id), 
	CONSTRAINT fk_posting_reverses_id FOREIGN KEY(reverses_id) REFERENCES posting (id)
)

-- next

CREATE INDEX ix_posting_posted_on ON posting (posted_on)

-- next

CREATE INDEX ix_posting_receipt_id ON posting (receipt_id)

-- next

CREATE INDEX ix_posting_remittance_claim_id ON posting (remittance_claim_id)

-- next

CREATE INDEX ix_posting_remittance_id ON posting (remittance_id)

-- next

CREATE TRIGGER append_only_posting_delete BEFORE DELETE ON posting FOR EACH ROW EXECUTE FUNCTION refuse('append_only_posting')

-- next

CREATE TRIGGER append_only_posting_update BEFORE UPDATE OF id, kind, posted_on, posted_at, user_id, station_id, total_cents, reason, receipt_id, remittance_id, remittance_claim_id, reverses_id ON posting FOR EACH ROW EXECUTE FUNCTION refuse('append_only_posting')

-- next

CREATE OR REPLACE FUNCTION posting_sums() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.total_cents IS DISTINCT FROM (SELECT sum(amount_cents) FROM journal_entry WHERE journal_entry.posting_id = NEW.id) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'posting_sums', CONSTRAINT = 'posting_sums'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER posting_sums BEFORE INSERT ON posting FOR EACH ROW EXECUTE FUNCTION posting_sums()

-- next

CREATE OR REPLACE FUNCTION transfer_nets_to_zero() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM journal_entry WHERE journal_entry.posting_id = NEW.id AND kind IN ('transfer', 'account_transfer') GROUP BY kind, CASE kind WHEN 'transfer' THEN charge_line_id END HAVING sum(amount_cents) <> 0) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'transfer_nets_to_zero', CONSTRAINT = 'transfer_nets_to_zero'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER transfer_nets_to_zero BEFORE INSERT ON posting FOR EACH ROW EXECUTE FUNCTION transfer_nets_to_zero()

-- next

CREATE OR REPLACE FUNCTION reversal_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.reverses_id IS NOT NULL AND (EXISTS (SELECT 1 FROM journal_entry AS first WHERE first.posting_id = NEW.reverses_id AND NOT EXISTS (SELECT 1 FROM journal_entry AS back WHERE back.reverses_id = first.id AND back.posting_id = NEW.id)) OR EXISTS (SELECT 1 FROM journal_entry AS back WHERE back.posting_id = NEW.id AND NOT EXISTS (SELECT 1 FROM journal_entry AS first WHERE first.id = back.reverses_id AND first.posting_id = NEW.reverses_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'reversal_is_whole', CONSTRAINT = 'reversal_is_whole'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER reversal_is_whole BEFORE INSERT ON posting FOR EACH ROW EXECUTE FUNCTION reversal_is_whole()

-- next

CREATE OR REPLACE FUNCTION receipt_is_posted_whole() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.kind = 'receipt' AND NEW.total_cents IS DISTINCT FROM (SELECT -receipt.total_cents FROM receipt WHERE receipt.id = NEW.receipt_id) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'receipt_is_posted_whole', CONSTRAINT = 'receipt_is_posted_whole'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER receipt_is_posted_whole BEFORE INSERT ON posting FOR EACH ROW EXECUTE FUNCTION receipt_is_posted_whole()

-- next

CREATE OR REPLACE FUNCTION day_is_sealed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM day_close WHERE day_close.closed_on >= NEW.posted_on) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'day_is_sealed', CONSTRAINT = 'day_is_sealed'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER day_is_sealed BEFORE INSERT ON posting FOR EACH ROW EXECUTE FUNCTION day_is_sealed()

-- next

CREATE TABLE remittance_adjustment (
	id BIGINT NOT NULL, 
	remittance_claim_id BIGINT NOT NULL, 
	line INTEGER NOT NULL, 
	group_code TEXT NOT NULL, 
	reason_code TEXT NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	treatment VARCHAR(9) NOT NULL, 
	policy_id BIGINT, 
	written_off_cents BIGINT NOT NULL, 
	CONSTRAINT pk_remittance_adjustment PRIMARY KEY (id), 
	CONSTRAINT fk_remittance_adjustment_remittance_claim_id FOREIGN KEY(remittance_claim_id) REFERENCES remittance_claim (id), 
	CONSTRAINT ck_remittance_adjustment_treatment CHECK (treatment IN ('contract', 'patient', 'prior', 'account', 'write_off', 'open')), 
	CONSTRAINT fk_remittance_adjustment_policy_id FOREIGN KEY(policy_id) REFERENCES remittance_policy (id)
)

-- next

CREATE INDEX ix_remittance_adjustment_remittance_claim_id ON remittance_adjustment (remittance_claim_id)

-- next

CREATE TRIGGER append_only_remittance_adjustment_delete BEFORE DELETE ON remittance_adjustment FOR EACH ROW EXECUTE FUNCTION refuse('append_only_remittance_adjustment')

-- next

CREATE TRIGGER append_only_remittance_adjustment_update BEFORE UPDATE OF id, remittance_claim_id, line, group_code, reason_code, amount_cents ON remittance_adjustment FOR EACH ROW EXECUTE FUNCTION refuse('append_only_remittance_adjustment')

-- next

CREATE OR REPLACE FUNCTION treatment_is_posted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM remittance_claim AS answer JOIN remittance ON remittance.id = answer.remittance_id WHERE answer.id = OLD.remittance_claim_id AND remittance.state = 'posted') THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'treatment_is_posted', CONSTRAINT = 'treatment_is_posted'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER treatment_is_posted BEFORE UPDATE OF treatment, policy_id, written_off_cents ON remittance_adjustment FOR EACH ROW EXECUTE FUNCTION treatment_is_posted()

-- next

CREATE TABLE remittance_line (
	id BIGINT NOT NULL, 
	remittance_claim_id BIGINT NOT NULL, 
	place INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	submitted_code TEXT NOT NULL, 
	modifiers TEXT NOT NULL, 
	charge_cents BIGINT NOT NULL, 
	paid_cents BIGINT NOT NULL, 
	served_on DATE, 
	control_number TEXT NOT NULL, 
	remarks TEXT NOT NULL, 
	CONSTRAINT pk_remittance_line PRIMARY KEY (id), 
	CONSTRAINT uq_remittance_line_remittance_claim_id_place UNIQUE (remittance_claim_id, place), 
	CONSTRAINT fk_remittance_line_remittance_claim_id FOREIGN KEY(remittance_claim_id) REFERENCES remittance_claim (id)
)

-- next

CREATE TRIGGER append_only_remittance_line_delete BEFORE DELETE ON remittance_line FOR EACH ROW EXECUTE FUNCTION refuse('append_only_remittance_line')

-- next

CREATE TRIGGER append_only_remittance_line_update BEFORE UPDATE OF id, remittance_claim_id, place, code, submitted_code, modifiers, charge_cents, paid_cents, served_on, control_number, remarks ON remittance_line FOR EACH ROW EXECUTE FUNCTION refuse('append_only_remittance_line')

-- next

CREATE TABLE verification_withdrawal (
	id BIGINT NOT NULL, 
	verification_id BIGINT NOT NULL, 
	withdrawn_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	withdrawn_by VARCHAR(120) NOT NULL, 
	reason TEXT NOT NULL, 
	CONSTRAINT pk_verification_withdrawal PRIMARY KEY (id), 
	CONSTRAINT ck_verification_withdrawal_has_a_reason CHECK (trim(reason) <> ''), 
	CONSTRAINT uq_verification_withdrawal_verification_id UNIQUE (verification_id), 
	CONSTRAINT fk_verification_withdrawal_verification_id FOREIGN KEY(verification_id) REFERENCES coverage_verification (id)
)

-- next

CREATE TRIGGER append_only_verification_withdrawal_delete BEFORE DELETE ON verification_withdrawal FOR EACH ROW EXECUTE FUNCTION refuse('append_only_verification_withdrawal')

-- next

CREATE TRIGGER append_only_verification_withdrawal_update BEFORE UPDATE OF id, verification_id, withdrawn_at, withdrawn_by, reason ON verification_withdrawal FOR EACH ROW EXECUTE FUNCTION refuse('append_only_verification_withdrawal')

-- next

CREATE TABLE accepted_underpayment (
	id BIGINT NOT NULL, 
	remittance_line_id BIGINT NOT NULL, 
	short_cents BIGINT NOT NULL, 
	because TEXT NOT NULL, 
	accepted_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	accepted_by TEXT NOT NULL, 
	taken_back_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_accepted_underpayment PRIMARY KEY (id), 
	CONSTRAINT ck_accepted_underpayment_because CHECK (trim(because) <> '' AND length(because) <= 200), 
	CONSTRAINT fk_accepted_underpayment_remittance_line_id FOREIGN KEY(remittance_line_id) REFERENCES remittance_line (id)
)

-- next

CREATE UNIQUE INDEX uq_accepted_underpayment_line ON accepted_underpayment (remittance_line_id) WHERE taken_back_at IS NULL

-- next

CREATE TRIGGER append_only_accepted_underpayment_delete BEFORE DELETE ON accepted_underpayment FOR EACH ROW EXECUTE FUNCTION refuse('append_only_accepted_underpayment')

-- next

CREATE TRIGGER append_only_accepted_underpayment_update BEFORE UPDATE OF id, remittance_line_id, short_cents, because, accepted_at, accepted_by ON accepted_underpayment FOR EACH ROW EXECUTE FUNCTION refuse('append_only_accepted_underpayment')

-- next

CREATE TABLE hardship_line (
	id BIGINT NOT NULL, 
	hardship_id BIGINT NOT NULL, 
	charge_line_id BIGINT NOT NULL, 
	posting_id BIGINT NOT NULL, 
	CONSTRAINT pk_hardship_line PRIMARY KEY (id), 
	CONSTRAINT fk_hardship_line_hardship_id FOREIGN KEY(hardship_id) REFERENCES hardship (id), 
	CONSTRAINT uq_hardship_line_charge_line_id UNIQUE (charge_line_id), 
	CONSTRAINT fk_hardship_line_charge_line_id FOREIGN KEY(charge_line_id) REFERENCES charge_line (id), 
	CONSTRAINT fk_hardship_line_posting_id FOREIGN KEY(posting_id) REFERENCES posting (id)
)

-- next

CREATE TRIGGER append_only_hardship_line_delete BEFORE DELETE ON hardship_line FOR EACH ROW EXECUTE FUNCTION refuse('append_only_hardship_line')

-- next

CREATE TRIGGER append_only_hardship_line_update BEFORE UPDATE OF id, hardship_id, charge_line_id, posting_id ON hardship_line FOR EACH ROW EXECUTE FUNCTION refuse('append_only_hardship_line')

-- next

CREATE TABLE journal_entry (
	id BIGINT NOT NULL, 
	posting_id BIGINT NOT NULL, 
	posted_on DATE NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	responsible VARCHAR(7) NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	aged_from_on DATE NOT NULL, 
	account_id BIGINT, 
	patient_id BIGINT, 
	payer_id BIGINT, 
	charge_line_id BIGINT, 
	appointment_id BIGINT, 
	group_code VARCHAR NOT NULL, 
	reason_code VARCHAR NOT NULL, 
	reverses_id BIGINT, 
	CONSTRAINT pk_journal_entry PRIMARY KEY (id), 
	CONSTRAINT fk_journal_entry_posting_id_posted_on FOREIGN KEY(posting_id, posted_on) REFERENCES posting (id, posted_on) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT ck_journal_entry_amount_possible CHECK (amount_cents <> 0 AND abs(amount_cents) < 1000000000), 
	CONSTRAINT ck_journal_entry_belongs_to_someone CHECK (account_id IS NOT NULL OR payer_id IS NOT NULL), 
	CONSTRAINT ck_journal_entry_line_has_account CHECK (account_id IS NOT NULL OR charge_line_id IS NULL), 
	CONSTRAINT ck_journal_entry_payer_is_named CHECK (responsible <> 'payer' OR payer_id IS NOT NULL), 
	CONSTRAINT ck_journal_entry_sign_fits_kind CHECK (reverses_id IS NOT NULL OR (kind IN ('charge', 'fee', 'refund') AND amount_cents > 0) OR (kind IN ('payment', 'write_off') AND amount_cents < 0) OR kind IN ('contractual', 'transfer', 'unapplied', 'account_transfer', 'correction') OR kind IN ('interest', 'income')), 
	CONSTRAINT ck_journal_entry_line_fits_kind CHECK (CASE WHEN kind IN ('unapplied', 'refund', 'interest', 'income') THEN charge_line_id IS NULL WHEN kind IN ('charge', 'fee', 'payment', 'contractual', 'write_off', 'transfer') THEN charge_line_id IS NOT NULL ELSE 1 = 1 END), 
	CONSTRAINT ck_journal_entry_entry_kind CHECK (kind IN ('charge', 'fee', 'payment', 'contractual', 'write_off', 'transfer', 'unapplied', 'refund', 'account_transfer', 'correction', 'interest', 'income')), 
	CONSTRAINT ck_journal_entry_party CHECK (responsible IN ('payer', 'patient')), 
	CONSTRAINT fk_journal_entry_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_journal_entry_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_journal_entry_payer_id FOREIGN KEY(payer_id) REFERENCES payer (id), 
	CONSTRAINT fk_journal_entry_charge_line_id FOREIGN KEY(charge_line_id) REFERENCES charge_line (id), 
	CONSTRAINT fk_journal_entry_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT uq_journal_entry_reverses_id UNIQUE (reverses_id), 
	CONSTRAINT fk_journal_entry_reverses_id FOREIGN KEY(reverses_id) REFERENCES journal_entry (id)
)

-- next

CREATE INDEX ix_journal_entry_account_id ON journal_entry (account_id)

-- next

CREATE INDEX ix_journal_entry_appointment_id ON journal_entry (appointment_id)

-- next

CREATE INDEX ix_journal_entry_charge_line_id ON journal_entry (charge_line_id)

-- next

CREATE INDEX ix_journal_entry_on_no_line ON journal_entry (account_id) WHERE charge_line_id IS NULL

-- next

CREATE INDEX ix_journal_entry_posted_on ON journal_entry (posted_on)

-- next

CREATE INDEX ix_journal_entry_posting_id ON journal_entry (posting_id)

-- next

CREATE UNIQUE INDEX uq_journal_entry_one_charge ON journal_entry (charge_line_id) WHERE kind IN ('charge', 'fee') AND reverses_id IS NULL

-- next

CREATE TRIGGER append_only_journal_entry_delete BEFORE DELETE ON journal_entry FOR EACH ROW EXECUTE FUNCTION refuse('append_only_journal_entry')

-- next

CREATE TRIGGER append_only_journal_entry_update BEFORE UPDATE OF id, posting_id, posted_on, kind, responsible, amount_cents, aged_from_on, payer_id, charge_line_id, appointment_id, group_code, reason_code, reverses_id ON journal_entry FOR EACH ROW EXECUTE FUNCTION refuse('append_only_journal_entry')

-- next

CREATE OR REPLACE FUNCTION append_only_journal_entry_account_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.account_id IS DISTINCT FROM OLD.account_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.account_goes_id = OLD.account_id AND patient_merge.account_stays_id = NEW.account_id) OR (patient_merge.account_stays_id = OLD.account_id AND patient_merge.account_goes_id = NEW.account_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_journal_entry', CONSTRAINT = 'append_only_journal_entry'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_journal_entry_account_id BEFORE UPDATE OF account_id ON journal_entry FOR EACH ROW EXECUTE FUNCTION append_only_journal_entry_account_id()

-- next

CREATE OR REPLACE FUNCTION append_only_journal_entry_patient_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.patient_id IS DISTINCT FROM OLD.patient_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.goes_id = OLD.patient_id AND patient_merge.stays_id = NEW.patient_id) OR (patient_merge.stays_id = OLD.patient_id AND patient_merge.goes_id = NEW.patient_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_journal_entry', CONSTRAINT = 'append_only_journal_entry'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_journal_entry_patient_id BEFORE UPDATE OF patient_id ON journal_entry FOR EACH ROW EXECUTE FUNCTION append_only_journal_entry_patient_id()

-- next

CREATE OR REPLACE FUNCTION posting_is_complete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM posting WHERE posting.id = NEW.posting_id) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'posting_is_complete', CONSTRAINT = 'posting_is_complete'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER posting_is_complete BEFORE INSERT ON journal_entry FOR EACH ROW EXECUTE FUNCTION posting_is_complete()

-- next

CREATE OR REPLACE FUNCTION reversal_mirrors_its_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM journal_entry AS first WHERE first.id = NEW.reverses_id AND first.amount_cents = -NEW.amount_cents AND first.kind = NEW.kind AND first.responsible = NEW.responsible AND coalesce(first.charge_line_id, 0) = coalesce(NEW.charge_line_id, 0) AND coalesce(first.account_id, 0) = coalesce(NEW.account_id, 0) AND coalesce(first.payer_id, 0) = coalesce(NEW.payer_id, 0)) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'reversal_mirrors_its_entry', CONSTRAINT = 'reversal_mirrors_its_entry'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER reversal_mirrors_its_entry BEFORE INSERT ON journal_entry FOR EACH ROW EXECUTE FUNCTION reversal_mirrors_its_entry()

-- next

CREATE OR REPLACE FUNCTION charge_entry_is_its_line() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.kind IN ('charge', 'fee') AND NEW.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM charge_line WHERE charge_line.id = NEW.charge_line_id AND charge_line.amount_cents = NEW.amount_cents AND charge_line.account_id = NEW.account_id) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'charge_entry_is_its_line', CONSTRAINT = 'charge_entry_is_its_line'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER charge_entry_is_its_line BEFORE INSERT ON journal_entry FOR EACH ROW EXECUTE FUNCTION charge_entry_is_its_line()

-- next

CREATE TABLE payer_settlement (
	id BIGINT NOT NULL, 
	posting_id BIGINT NOT NULL, 
	settles_id BIGINT NOT NULL, 
	claim_id BIGINT, 
	CONSTRAINT pk_payer_settlement PRIMARY KEY (id), 
	CONSTRAINT fk_payer_settlement_posting_id FOREIGN KEY(posting_id) REFERENCES posting (id), 
	CONSTRAINT fk_payer_settlement_settles_id FOREIGN KEY(settles_id) REFERENCES posting (id), 
	CONSTRAINT fk_payer_settlement_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id)
)

-- next

CREATE INDEX ix_payer_settlement_settles_id ON payer_settlement (settles_id)

-- next

CREATE UNIQUE INDEX uq_payer_settlement_posting_id ON payer_settlement (posting_id)

-- next

CREATE TRIGGER append_only_payer_settlement_delete BEFORE DELETE ON payer_settlement FOR EACH ROW EXECUTE FUNCTION refuse('append_only_payer_settlement')

-- next

CREATE TRIGGER append_only_payer_settlement_update BEFORE UPDATE OF id, posting_id, settles_id, claim_id ON payer_settlement FOR EACH ROW EXECUTE FUNCTION refuse('append_only_payer_settlement')

-- next

CREATE TABLE provider_adjustment (
	id BIGINT NOT NULL, 
	remittance_id BIGINT NOT NULL, 
	reason TEXT NOT NULL, 
	reference TEXT NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	posting_id BIGINT, 
	CONSTRAINT pk_provider_adjustment PRIMARY KEY (id), 
	CONSTRAINT fk_provider_adjustment_remittance_id FOREIGN KEY(remittance_id) REFERENCES remittance (id), 
	CONSTRAINT fk_provider_adjustment_posting_id FOREIGN KEY(posting_id) REFERENCES posting (id)
)

-- next

CREATE INDEX ix_provider_adjustment_remittance_id ON provider_adjustment (remittance_id)

-- next

CREATE TRIGGER append_only_provider_adjustment_delete BEFORE DELETE ON provider_adjustment FOR EACH ROW EXECUTE FUNCTION refuse('append_only_provider_adjustment')

-- next

CREATE TRIGGER append_only_provider_adjustment_update BEFORE UPDATE OF id, remittance_id, reason, reference, amount_cents ON provider_adjustment FOR EACH ROW EXECUTE FUNCTION refuse('append_only_provider_adjustment')

-- next

CREATE TABLE refund (
	id BIGINT NOT NULL, 
	version INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	receipt_id BIGINT, 
	account_id BIGINT, 
	patient_id BIGINT, 
	payer_id BIGINT, 
	charge_line_id BIGINT, 
	remittance_claim_id BIGINT, 
	amount_cents BIGINT NOT NULL, 
	way VARCHAR(5) NOT NULL, 
	reason TEXT NOT NULL, 
	state VARCHAR(9) NOT NULL, 
	asked_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	asked_by TEXT NOT NULL, 
	asked_by_id BIGINT, 
	approved_at TIMESTAMP WITH TIME ZONE, 
	approved_by TEXT NOT NULL, 
	approved_by_id BIGINT, 
	paid_at TIMESTAMP WITH TIME ZONE, 
	paid_by TEXT NOT NULL, 
	reference TEXT NOT NULL, 
	posting_id BIGINT, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	ended_by TEXT NOT NULL, 
	ended_because TEXT NOT NULL, 
	CONSTRAINT pk_refund PRIMARY KEY (id), 
	CONSTRAINT ck_refund_amount_possible CHECK (amount_cents > 0 AND amount_cents < 1000000000), 
	CONSTRAINT ck_refund_one_payee CHECK ((receipt_id IS NOT NULL AND account_id IS NOT NULL AND payer_id IS NULL AND charge_line_id IS NULL) OR (receipt_id IS NULL AND payer_id IS NOT NULL)), 
	CONSTRAINT ck_refund_reason CHECK (trim(reason) <> '' AND length(reason) <= 200), 
	CONSTRAINT ck_refund_ended_because CHECK (length(ended_because) <= 200), 
	CONSTRAINT ck_refund_reference CHECK (length(reference) <= 20), 
	CONSTRAINT ck_refund_two_persons CHECK (approved_at IS NULL OR CASE WHEN approved_by_id IS NOT NULL AND asked_by_id IS NOT NULL THEN approved_by_id <> asked_by_id ELSE approved_by <> asked_by END), 
	CONSTRAINT ck_refund_approved_first CHECK (approved_at IS NOT NULL OR state NOT IN ('approved', 'paid', 'void')), 
	CONSTRAINT ck_refund_paid_is_posted CHECK ((state IN ('paid', 'void')) = (paid_at IS NOT NULL) AND (paid_at IS NULL) = (posting_id IS NULL) AND (paid_at IS NULL) = (reference = '')), 
	CONSTRAINT ck_refund_ended_with_reason CHECK ((state IN ('refused', 'withdrawn', 'void')) = (ended_at IS NOT NULL) AND (ended_at IS NULL) = (ended_because = '')), 
	CONSTRAINT uq_refund_number UNIQUE (number), 
	CONSTRAINT fk_refund_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id), 
	CONSTRAINT fk_refund_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_refund_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_refund_payer_id FOREIGN KEY(payer_id) REFERENCES payer (id), 
	CONSTRAINT fk_refund_charge_line_id FOREIGN KEY(charge_line_id) REFERENCES charge_line (id), 
	CONSTRAINT fk_refund_remittance_claim_id FOREIGN KEY(remittance_claim_id) REFERENCES remittance_claim (id), 
	CONSTRAINT ck_refund_refund_way CHECK (way IN ('check', 'card')), 
	CONSTRAINT ck_refund_refund_state CHECK (state IN ('asked', 'approved', 'paid', 'refused', 'withdrawn', 'void')), 
	CONSTRAINT fk_refund_asked_by_id FOREIGN KEY(asked_by_id) REFERENCES user_account (id), 
	CONSTRAINT fk_refund_approved_by_id FOREIGN KEY(approved_by_id) REFERENCES user_account (id), 
	CONSTRAINT uq_refund_posting_id UNIQUE (posting_id), 
	CONSTRAINT fk_refund_posting_id FOREIGN KEY(posting_id) REFERENCES posting (id)
)

-- next

CREATE INDEX ix_refund_account_id ON refund (account_id)

-- next

CREATE INDEX ix_refund_patient_id ON refund (patient_id)

-- next

CREATE INDEX ix_refund_payer_id ON refund (payer_id)

-- next

CREATE INDEX ix_refund_receipt_id ON refund (receipt_id)

-- next

CREATE INDEX ix_refund_remittance_claim_id ON refund (remittance_claim_id)

-- next

CREATE INDEX ix_refund_state ON refund (state)

-- next

CREATE TRIGGER append_only_refund_delete BEFORE DELETE ON refund FOR EACH ROW EXECUTE FUNCTION refuse('append_only_refund')

-- next

CREATE TRIGGER append_only_refund_update BEFORE UPDATE OF id, number, receipt_id, payer_id, charge_line_id, remittance_claim_id, amount_cents, way, reason, asked_at, asked_by, asked_by_id ON refund FOR EACH ROW EXECUTE FUNCTION refuse('append_only_refund')

-- next

CREATE OR REPLACE FUNCTION append_only_refund_account_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.account_id IS DISTINCT FROM OLD.account_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.account_goes_id = OLD.account_id AND patient_merge.account_stays_id = NEW.account_id) OR (patient_merge.account_stays_id = OLD.account_id AND patient_merge.account_goes_id = NEW.account_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_refund', CONSTRAINT = 'append_only_refund'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_refund_account_id BEFORE UPDATE OF account_id ON refund FOR EACH ROW EXECUTE FUNCTION append_only_refund_account_id()

-- next

CREATE OR REPLACE FUNCTION append_only_refund_patient_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.patient_id IS DISTINCT FROM OLD.patient_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.goes_id = OLD.patient_id AND patient_merge.stays_id = NEW.patient_id) OR (patient_merge.stays_id = OLD.patient_id AND patient_merge.goes_id = NEW.patient_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_refund', CONSTRAINT = 'append_only_refund'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_refund_patient_id BEFORE UPDATE OF patient_id ON refund FOR EACH ROW EXECUTE FUNCTION append_only_refund_patient_id()

-- next

CREATE TABLE returned_check (
	id BIGINT NOT NULL, 
	tender_id BIGINT NOT NULL, 
	because VARCHAR(7) NOT NULL, 
	note TEXT NOT NULL, 
	posting_id BIGINT, 
	fee_line_id BIGINT, 
	refunded_line_id BIGINT, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	done_by TEXT NOT NULL, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	ended_because TEXT NOT NULL, 
	CONSTRAINT pk_returned_check PRIMARY KEY (id), 
	CONSTRAINT ck_returned_check_note CHECK (length(note) <= 200), 
	CONSTRAINT ck_returned_check_other_is_said CHECK (because <> 'other' OR trim(note) <> ''), 
	CONSTRAINT ck_returned_check_taken_back CHECK (posting_id IS NOT NULL OR refunded_line_id IS NOT NULL), 
	CONSTRAINT ck_returned_check_ended_with_reason CHECK ((ended_at IS NULL) = (ended_because = '')), 
	CONSTRAINT ck_returned_check_ended_because CHECK (length(ended_because) <= 200), 
	CONSTRAINT fk_returned_check_tender_id FOREIGN KEY(tender_id) REFERENCES receipt_tender (id), 
	CONSTRAINT ck_returned_check_return_reason CHECK (because IN ('nsf', 'stopped', 'closed', 'other')), 
	CONSTRAINT uq_returned_check_posting_id UNIQUE (posting_id), 
	CONSTRAINT fk_returned_check_posting_id FOREIGN KEY(posting_id) REFERENCES posting (id), 
	CONSTRAINT fk_returned_check_fee_line_id FOREIGN KEY(fee_line_id) REFERENCES charge_line (id), 
	CONSTRAINT fk_returned_check_refunded_line_id FOREIGN KEY(refunded_line_id) REFERENCES charge_line (id)
)

-- next

CREATE UNIQUE INDEX uq_returned_check_tender ON returned_check (tender_id) WHERE ended_at IS NULL

-- next

CREATE TRIGGER append_only_returned_check_delete BEFORE DELETE ON returned_check FOR EACH ROW EXECUTE FUNCTION refuse('append_only_returned_check')

-- next

CREATE TRIGGER append_only_returned_check_update BEFORE UPDATE OF id, tender_id, because, note, posting_id, fee_line_id, refunded_line_id, at, done_by ON returned_check FOR EACH ROW EXECUTE FUNCTION refuse('append_only_returned_check')

-- next

CREATE TABLE no_checks (
	id BIGINT NOT NULL, 
	account_id BIGINT NOT NULL, 
	returned_check_id BIGINT, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	done_by TEXT NOT NULL, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_no_checks PRIMARY KEY (id), 
	CONSTRAINT fk_no_checks_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_no_checks_returned_check_id FOREIGN KEY(returned_check_id) REFERENCES returned_check (id)
)

-- next

CREATE INDEX ix_no_checks_account_id ON no_checks (account_id)

-- next

CREATE TRIGGER append_only_no_checks_delete BEFORE DELETE ON no_checks FOR EACH ROW EXECUTE FUNCTION refuse('append_only_no_checks')

-- next

CREATE TRIGGER append_only_no_checks_update BEFORE UPDATE OF id, returned_check_id, at, done_by ON no_checks FOR EACH ROW EXECUTE FUNCTION refuse('append_only_no_checks')

-- next

CREATE OR REPLACE FUNCTION append_only_no_checks_account_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.account_id IS DISTINCT FROM OLD.account_id AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE patient_merge.is_moving AND ((patient_merge.account_goes_id = OLD.account_id AND patient_merge.account_stays_id = NEW.account_id) OR (patient_merge.account_stays_id = OLD.account_id AND patient_merge.account_goes_id = NEW.account_id))) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'append_only_no_checks', CONSTRAINT = 'append_only_no_checks'; END IF; RETURN NEW; END $$

-- next

CREATE TRIGGER append_only_no_checks_account_id BEFORE UPDATE OF account_id ON no_checks FOR EACH ROW EXECUTE FUNCTION append_only_no_checks_account_id()
