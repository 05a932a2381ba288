# What breaks each invariant in valid_export.ttl: a line '## RULE NODE' (the node that must be found), then the update.

## assertion-without-edge a2
DELETE DATA { d:paper1 pc:compares d:ladle };
# One paper fewer has the concept when its only role goes.
DELETE { d:ladle pc:paperCount ?n }
INSERT { d:ladle pc:paperCount 0 }
WHERE { d:ladle pc:paperCount ?n }

## author-gap author2
DELETE { ?a schema:position 2 }
INSERT { ?a schema:position 3 }
WHERE { ?a schema:position 2 }

## author-position author2
DELETE DATA { d:author2 schema:position 2 };
INSERT DATA { d:author2 schema:position 1 }

## blank-node _:
INSERT DATA { d:paper1 schema:author [] }

## broader-cycle spoon
INSERT DATA { d:tool skos:broader d:spoon }

## class-count papers
DELETE { ?p void:entities 2 }
INSERT { ?p void:entities 3 }
WHERE { ?p void:entities 2 }

## cue-outside-sentence e1
DELETE { d:e1 pc:cue ?c ; pc:cueEnd ?e }
INSERT { d:e1 pc:cueEnd 90 }
WHERE { d:e1 pc:cue ?c ; pc:cueEnd ?e }

## digest-of-text title1
DELETE { d:title1 pc:sha256 ?x }
INSERT { d:title1 pc:sha256 'ff' }
WHERE { d:title1 pc:sha256 ?x }

## disjoint-classes paper1
INSERT DATA { d:paper1 a pc:Method }

## domain run
INSERT DATA { d:run pc:year 2024 }

## edge-without-assertion paper1
INSERT DATA { d:paper1 pc:uses d:spoon }

## edge-without-relation spoon
INSERT DATA { d:spoon pc:extends d:ladle }

## evidence-count a1
DELETE { d:a1 pc:evidenceCount ?n }
INSERT { d:a1 pc:evidenceCount 2 }
WHERE { d:a1 pc:evidenceCount ?n }

## evidence-of-nothing e11
INSERT DATA { d:e11 a pc:Evidence }

## evidence-of-other-paper a4
DELETE DATA { d:a4 pc:hasEvidence d:e4 . d:a7 pc:hasEvidence d:e7 };
INSERT DATA { d:a4 pc:hasEvidence d:e7 . d:a7 pc:hasEvidence d:e4 }

## kind-of-concept paper1
DELETE DATA { d:bowl a pc:Dataset };
INSERT DATA { d:bowl a pc:Model }

## length-of-span m_bowl
DELETE { ?t nif:isString ?s }
WHERE { ?t nif:isString ?s };
DELETE { d:m_bowl nif:anchorOf ?x }
INSERT { d:m_bowl nif:anchorOf 'Bowl' }
WHERE { d:m_bowl nif:anchorOf ?x }

## length-of-text title1
DELETE { d:title1 nif:endIndex ?n }
INSERT { d:title1 nif:endIndex 99 }
WHERE { d:title1 nif:endIndex ?n }

## mention-count a1
DELETE { d:a1 pc:mentionCount ?n }
INSERT { d:a1 pc:mentionCount 2 }
WHERE { d:a1 pc:mentionCount ?n }

## mention-of-other-concept a3
DELETE DATA { d:m_bowl itsrdf:taIdentRef d:bowl };
INSERT DATA { d:m_bowl itsrdf:taIdentRef d:spoon }

## mention-of-other-paper a4
DELETE DATA { d:a4 pc:hasMention d:m_tasting };
INSERT DATA { d:a4 pc:hasMention d:m_tasting2 }

## mention-outside-sentence e5
DELETE DATA { d:e5 pc:hasMention d:m_slurp };
INSERT DATA { d:e5 pc:hasMention d:m_spoon }

## overlapping-texts title1
DELETE DATA { d:title1 pc:field 'title' };
INSERT DATA { d:title1 pc:field 'abstract' }

## paper-count tool
DELETE { d:tool pc:paperCount ?n }
INSERT { d:tool pc:paperCount 5 }
WHERE { d:tool pc:paperCount ?n }

## property-count uses
DELETE { d:uses void:triples ?n }
INSERT { d:uses void:triples 3 }
WHERE { d:uses void:triples ?n }

## range a1
INSERT DATA { d:a1 pc:hasMention d:s1 };
DELETE { d:a1 pc:mentionCount ?n }
WHERE { d:a1 pc:mentionCount ?n }

## relation-without-edge r1
DELETE DATA { d:spoon pc:isA d:tool }

## same-as spoon
INSERT DATA { d:spoon owl:sameAs d:tool }

## sentence-of-other-paper e5
DELETE DATA { d:e5 pc:sentence d:s2 ; pc:hasMention d:m_slurp };
INSERT DATA { d:e5 pc:sentence d:s3 }

## sentence-without-paper e10
DELETE DATA { d:e10 pc:paper d:paper1 }

## span-outside-text s9
DELETE { ?t nif:isString ?s }
WHERE { ?t nif:isString ?s };
DELETE { d:title1 nif:endIndex ?n }
INSERT { d:title1 nif:endIndex 8 }
WHERE { d:title1 nif:endIndex ?n };
INSERT DATA { d:s9 a pc:Sentence ; nif:beginIndex 1 ; nif:endIndex 9 ; nif:referenceContext d:title1 }

## support-count r1
DELETE { d:r1 pc:support 0 }
INSERT { d:r1 pc:support 1 }
WHERE { d:r1 pc:support 0 }

## text-of-cue e1
DELETE { d:e1 pc:cue ?c }
INSERT { d:e1 pc:cue 'We present' }
WHERE { d:e1 pc:cue ?c }

## text-of-other-paper title1
DELETE DATA { d:paper1 pc:hasText d:title1 }

## text-of-span m_bowl
DELETE { d:m_bowl nif:anchorOf ?x }
INSERT { d:m_bowl nif:anchorOf 'BowlBenck' }
WHERE { d:m_bowl nif:anchorOf ?x }

## triple-count dataset
INSERT DATA { d:paper1 pc:venue 'Kitchen' }

## unasserted-relation r2
DELETE { d:e9 pc:status ?s }
INSERT { d:e9 pc:status pc:hedged }
WHERE { d:e9 pc:status ?s }

## unasserted-role a1
DELETE { d:e1 pc:status ?s }
INSERT { d:e1 pc:status pc:negated }
WHERE { d:e1 pc:status ?s }

## undefined-term paper1
INSERT DATA { d:paper1 pc:hasArXivID '2401.00001' }

## year-of-issue paper1
DELETE { d:paper1 pc:year ?y }
INSERT { d:paper1 pc:year 2023 }
WHERE { d:paper1 pc:year ?y }
