PRAGMA application_id = 1363888468;
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE coders (
	id VARCHAR(36) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	created VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_coders PRIMARY KEY (id), 
	CONSTRAINT uq_coders_name UNIQUE (name)
);
INSERT INTO "coders" VALUES('00000000-0000-4000-8000-000000000001','Camille','2026-11-25T22:17:50.992284+00:00');
CREATE TABLE codes (
	id VARCHAR(36) NOT NULL, 
	parent_id VARCHAR(36), 
	position INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	definition TEXT NOT NULL, 
	use TEXT NOT NULL, 
	avoid TEXT NOT NULL, 
	keywords JSON NOT NULL, 
	example TEXT NOT NULL, 
	color VARCHAR(7) NOT NULL, 
	shortcut VARCHAR(1), 
	kind VARCHAR(16) NOT NULL, 
	value VARCHAR(16), 
	CONSTRAINT pk_codes PRIMARY KEY (id), 
	CONSTRAINT fk_codes_parent_id_codes FOREIGN KEY(parent_id) REFERENCES codes (id), 
	CONSTRAINT uq_codes_folded UNIQUE (folded), 
	CONSTRAINT uq_codes_shortcut UNIQUE (shortcut)
);
INSERT INTO "codes" VALUES('72e4aaa2-4908-474b-8bb7-feea2720589b',NULL,0,'Météo','meteo','','','','[]','','#CC1155',NULL,'theme',NULL);
CREATE TABLE codings (
	id VARCHAR(36) NOT NULL, 
	document_id VARCHAR(36) NOT NULL, 
	text_version_id VARCHAR(36) NOT NULL, 
	start INTEGER NOT NULL, 
	stop INTEGER NOT NULL, 
	quote TEXT NOT NULL, 
	code_id VARCHAR(36) NOT NULL, 
	coder_id VARCHAR(36) NOT NULL, 
	origin VARCHAR(16) NOT NULL, 
	created VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_codings PRIMARY KEY (id), 
	CONSTRAINT fk_codings_code_id_codes FOREIGN KEY(code_id) REFERENCES codes (id), 
	CONSTRAINT fk_codings_coder_id_coders FOREIGN KEY(coder_id) REFERENCES coders (id), 
	CONSTRAINT fk_codings_document_id_documents FOREIGN KEY(document_id) REFERENCES documents (id), 
	CONSTRAINT fk_codings_text_version_id_text_versions FOREIGN KEY(text_version_id) REFERENCES text_versions (id), 
	CONSTRAINT uq_codings_text_version_id_start_stop_code_id_coder_id UNIQUE (text_version_id, start, stop, code_id, coder_id)
);
INSERT INTO "codings" VALUES('00000000-0000-4000-8000-000000000007','00000000-0000-4000-8000-000000000002','00000000-0000-4000-8000-000000000003',5,8,'Oui','72e4aaa2-4908-474b-8bb7-feea2720589b','00000000-0000-4000-8000-000000000001','hand','2026-11-25T22:17:51.023023+00:00');
CREATE TABLE documents (
	id VARCHAR(36) NOT NULL, 
	title TEXT NOT NULL, 
	source_kind VARCHAR(32) NOT NULL, 
	territory VARCHAR(200), 
	date VARCHAR(10), 
	attributes JSON NOT NULL, 
	file_name TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	reader VARCHAR(64) NOT NULL, 
	reader_version VARCHAR(32) NOT NULL, 
	rule JSON, 
	created VARCHAR(32) NOT NULL, 
	removed BOOLEAN NOT NULL, 
	CONSTRAINT pk_documents PRIMARY KEY (id), 
	CONSTRAINT fk_documents_sha256_source_files FOREIGN KEY(sha256) REFERENCES source_files (sha256)
);
INSERT INTO "documents" VALUES('00000000-0000-4000-8000-000000000002','a','document',NULL,NULL,'{}','a.txt','0cd07889e99a79a36f93e2b4b25431c49899124b654eefa5b780b10ff2ee29d2','txt','1','"{\"form\": \"none\", \"labels\": []}"','2026-11-25T22:17:50.996396+00:00',0);
CREATE TABLE events (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id VARCHAR(36) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	coder_id VARCHAR(36) NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	action VARCHAR(64) NOT NULL, 
	label TEXT NOT NULL, 
	target INTEGER, 
	changes JSON NOT NULL, 
	CONSTRAINT fk_events_coder_id_coders FOREIGN KEY(coder_id) REFERENCES coders (id), 
	CONSTRAINT uq_events_id UNIQUE (id)
);
INSERT INTO "events" VALUES(1,'00000000-0000-4000-8000-000000000004','2026-11-25T22:17:50.998037+00:00','00000000-0000-4000-8000-000000000001','do','document.import','« a » importé',NULL,'[{"table": "documents", "id": "00000000-0000-4000-8000-000000000002", "before": null, "after": {"id": "00000000-0000-4000-8000-000000000002", "title": "a", "source_kind": "document", "territory": null, "date": null, "attributes": {}, "file_name": "a.txt", "sha256": "0cd07889e99a79a36f93e2b4b25431c49899124b654eefa5b780b10ff2ee29d2", "reader": "txt", "reader_version": "1", "rule": "{\"form\": \"none\", \"labels\": []}", "created": "2026-11-25T22:17:50.996396+00:00", "removed": false}}]');
INSERT INTO "events" VALUES(2,'00000000-0000-4000-8000-000000000006','2026-11-25T22:17:51.008472+00:00','00000000-0000-4000-8000-000000000001','do','code.add','code Météo créé',NULL,'[{"table": "codes", "id": "72e4aaa2-4908-474b-8bb7-feea2720589b", "before": null, "after": {"id": "72e4aaa2-4908-474b-8bb7-feea2720589b", "parent_id": null, "position": 0, "name": "M\u00e9t\u00e9o", "folded": "meteo", "definition": "", "use": "", "avoid": "", "keywords": [], "example": "", "color": "#CC1155", "shortcut": null, "kind": "theme", "value": null}}]');
INSERT INTO "events" VALUES(3,'00000000-0000-4000-8000-000000000008','2026-11-25T22:17:51.024107+00:00','00000000-0000-4000-8000-000000000001','do','coding.add','code Météo posé',NULL,'[{"table": "codings", "id": "00000000-0000-4000-8000-000000000007", "before": null, "after": {"id": "00000000-0000-4000-8000-000000000007", "document_id": "00000000-0000-4000-8000-000000000002", "text_version_id": "00000000-0000-4000-8000-000000000003", "start": 5, "stop": 8, "quote": "Oui", "code_id": "72e4aaa2-4908-474b-8bb7-feea2720589b", "coder_id": "00000000-0000-4000-8000-000000000001", "origin": "hand", "created": "2026-11-25T22:17:51.023023+00:00"}}]');
CREATE TABLE info (
	"key" VARCHAR(64) NOT NULL, 
	value JSON NOT NULL, 
	CONSTRAINT pk_info PRIMARY KEY ("key")
);
INSERT INTO "info" VALUES('name','"ancien"');
INSERT INTO "info" VALUES('created','"2026-11-25T22:17:50.861656+00:00"');
INSERT INTO "info" VALUES('needs_version','"0.1.0"');
CREATE TABLE memos (
	id VARCHAR(36) NOT NULL, 
	target_kind VARCHAR(16) NOT NULL, 
	target_id VARCHAR(36) NOT NULL, 
	coder_id VARCHAR(36) NOT NULL, 
	text TEXT NOT NULL, 
	created VARCHAR(32) NOT NULL, 
	updated VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_memos PRIMARY KEY (id), 
	CONSTRAINT fk_memos_coder_id_coders FOREIGN KEY(coder_id) REFERENCES coders (id)
);
CREATE TABLE operations (
	uuid VARCHAR(36) NOT NULL, 
	coder_id VARCHAR(36) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	refusal TEXT, 
	CONSTRAINT pk_operations PRIMARY KEY (uuid), 
	CONSTRAINT fk_operations_coder_id_coders FOREIGN KEY(coder_id) REFERENCES coders (id)
);
INSERT INTO "operations" VALUES('00000000-0000-4000-8000-000000000007','00000000-0000-4000-8000-000000000001','2026-11-25T22:17:51.024785+00:00',NULL);
CREATE TABLE participants (
	id VARCHAR(36) NOT NULL, 
	name TEXT NOT NULL, 
	role VARCHAR(32) NOT NULL, 
	attributes JSON NOT NULL, 
	CONSTRAINT pk_participants PRIMARY KEY (id)
);
CREATE TABLE preferences (
	coder_id VARCHAR(36) NOT NULL, 
	"key" VARCHAR(200) NOT NULL, 
	value JSON NOT NULL, 
	CONSTRAINT pk_preferences PRIMARY KEY (coder_id, "key"), 
	CONSTRAINT fk_preferences_coder_id_coders FOREIGN KEY(coder_id) REFERENCES coders (id)
);
CREATE TABLE source_files (
	sha256 VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	content BLOB NOT NULL, 
	CONSTRAINT pk_source_files PRIMARY KEY (sha256)
);
INSERT INTO "source_files" VALUES('0cd07889e99a79a36f93e2b4b25431c49899124b654eefa5b780b10ff2ee29d2','a.txt',X'5031203A204F75692C206269656E2073C3BB722E');
CREATE TABLE syntheses (
	id VARCHAR(36) NOT NULL, 
	code_id VARCHAR(36) NOT NULL, 
	dimension VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	text TEXT NOT NULL, 
	coder_id VARCHAR(36) NOT NULL, 
	created VARCHAR(32) NOT NULL, 
	updated VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_syntheses PRIMARY KEY (id), 
	CONSTRAINT fk_syntheses_code_id_codes FOREIGN KEY(code_id) REFERENCES codes (id), 
	CONSTRAINT fk_syntheses_coder_id_coders FOREIGN KEY(coder_id) REFERENCES coders (id), 
	CONSTRAINT uq_syntheses_code_id_dimension_value UNIQUE (code_id, dimension, value)
);
CREATE TABLE text_versions (
	id VARCHAR(36) NOT NULL, 
	document_id VARCHAR(36) NOT NULL, 
	number INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	text_hash VARCHAR(64) NOT NULL, 
	words INTEGER NOT NULL, 
	created VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_text_versions PRIMARY KEY (id), 
	CONSTRAINT fk_text_versions_document_id_documents FOREIGN KEY(document_id) REFERENCES documents (id), 
	CONSTRAINT uq_text_versions_document_id_number UNIQUE (document_id, number)
);
INSERT INTO "text_versions" VALUES('00000000-0000-4000-8000-000000000003','00000000-0000-4000-8000-000000000002',1,'P1 : Oui, bien sûr.','0cd07889e99a79a36f93e2b4b25431c49899124b654eefa5b780b10ff2ee29d2',4,'2026-11-25T22:17:50.999745+00:00');
CREATE TABLE turns (
	id VARCHAR(36) NOT NULL, 
	text_version_id VARCHAR(36) NOT NULL, 
	"index" INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	stop INTEGER NOT NULL, 
	speech_start INTEGER NOT NULL, 
	speech_stop INTEGER NOT NULL, 
	label TEXT, 
	participant_id VARCHAR(36), 
	time FLOAT, 
	time_stop FLOAT, 
	CONSTRAINT pk_turns PRIMARY KEY (id), 
	CONSTRAINT fk_turns_participant_id_participants FOREIGN KEY(participant_id) REFERENCES participants (id), 
	CONSTRAINT fk_turns_text_version_id_text_versions FOREIGN KEY(text_version_id) REFERENCES text_versions (id), 
	CONSTRAINT uq_turns_text_version_id_index UNIQUE (text_version_id, "index")
);
INSERT INTO "turns" VALUES('00000000-0000-4000-8000-000000000005','00000000-0000-4000-8000-000000000003',0,0,19,0,19,NULL,NULL,NULL,NULL);
CREATE TABLE verbatims (
	id VARCHAR(36) NOT NULL, 
	coder_id VARCHAR(36) NOT NULL, 
	created VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_verbatims PRIMARY KEY (id), 
	CONSTRAINT fk_verbatims_coder_id_coders FOREIGN KEY(coder_id) REFERENCES coders (id), 
	CONSTRAINT fk_verbatims_id_codings FOREIGN KEY(id) REFERENCES codings (id)
);
CREATE INDEX ix_codes_parent_id ON codes (parent_id);
CREATE INDEX ix_documents_sha256 ON documents (sha256);
CREATE INDEX ix_events_coder_id_seq ON events (coder_id, seq);
CREATE INDEX ix_memos_target_id ON memos (target_id);
CREATE INDEX ix_syntheses_code_id ON syntheses (code_id);
CREATE INDEX ix_text_versions_document_id ON text_versions (document_id);
CREATE INDEX ix_codings_code_id ON codings (code_id);
CREATE INDEX ix_codings_coder_id ON codings (coder_id);
CREATE INDEX ix_codings_document_id ON codings (document_id);
CREATE INDEX ix_turns_participant_id ON turns (participant_id);
CREATE INDEX ix_turns_text_version_id ON turns (text_version_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('events',3);
COMMIT;
