# ruff: noqa: E501 - a record in one line is easier to compare with its specification
"""Single records as they occur in the wild: written by hand after the specification of each format."""

from typing import Any

import pytest

from paperconcepts.sources import FORMATS, Flaw, ReadReport
from paperconcepts.sources.papers import build_paper

_TAGS = '<!doctype html><meta name="citation_title" content="T">'


def _oai(inner: str) -> str:
    return f"<OAI-PMH><record><header><identifier>oai:x:1</identifier></header><metadata>{inner}</metadata></record></OAI-PMH>"


def _pubmed(article: str, rest: str = "") -> str:
    return f"<PubmedArticle><MedlineCitation><PMID>7</PMID><Article>{article}</Article>{rest}</MedlineCitation></PubmedArticle>"


def _jats(meta: str) -> str:
    return f"<article><front><article-meta>{meta}</article-meta></front></article>"


def _jats_title(title: str) -> str:
    return _jats(f"<title-group><article-title>{title}</article-title></title-group>")


# Format, record, and the fields of the paper that are looked at; a text instead is the reason of the flaw.
CASES: list[tuple[str, str, dict[str, Any] | str]] = [
    # arXiv snapshot
    ("arxiv-snapshot", '{"id":"0704.0001","title":"A\\n  B","abstract":"  One\\ntwo.\\n  Three.\\n"}', {"title": "A B", "abstract": "One two.\nThree.", "id": "arxiv:0704.0001"}),
    ("arxiv-snapshot", '{"id":"hep-th/9901001","title":"A","abstract":""}', {"id": "arxiv:hep-th/9901001", "abstract": ""}),
    ("arxiv-snapshot", '{"id":"math.GT/0309136","title":"A"}', {"id": "arxiv:math/0309136"}),
    ("arxiv-snapshot", '{"id":"0704.0002","title":"A","doi":"10.1000/a 10.1000/b"}', {"identifiers": ("arxiv:0704.0002", "doi:10.1000/a", "doi:10.1000/b")}),
    ("arxiv-snapshot", '{"id":"0704.0003","title":"A","comments":"This paper has been withdrawn by the author"}', {"extra": {"withdrawn": True}}),
    ("arxiv-snapshot", '{"id":"0704.0004","title":"A","abstract":"This paper has been withdrawn."}', {"extra": {"withdrawn": True}}),
    ("arxiv-snapshot", '{"id":"0704.0005","title":"On withdrawn funds","abstract":"We study withdrawn funds."}', {"extra": {}}),
    ("arxiv-snapshot", '{"title":"A","versions":[{"version":"v2","created":"Tue, 3 Apr 2007 01:02:03 GMT"},{"version":"v1","created":"Mon, 2 Apr 2007 19:18:42 GMT"}]}', {"issued": "2007-04-02", "extra": {"versions": ["2007-04-02", "2007-04-03"]}}),
    ("arxiv-snapshot", '{"title":"A","versions":[{"version":"v10","created":"Tue, 3 Apr 2007 01:02:03 GMT"},{"version":"v2","created":"Mon, 2 Apr 2007 19:18:42 GMT"}]}', {"issued": "2007-04-02"}),
    ("arxiv-snapshot", '{"title":"A","versions":[],"update_date":"2008-11-26"}', {"issued": "2008-11-26"}),
    ("arxiv-snapshot", '{"title":"A","versions":[{"created":"never"}]}', {"issued": None, "warnings": {"bad versions": 1}}),
    ("arxiv-snapshot", '{"title":"A","authors":"A. Bee (MIT, USA), C. Dee and\\n E. Eff"}', {"authors": ("A. Bee", "C. Dee", "E. Eff")}),
    ("arxiv-snapshot", '{"title":"A","authors_parsed":[["Hu","Edward","Jr."],["The Team","",""],["M\\u00fcller","J\\u00f6rg","","Univ."]]}', {"authors": ("Edward Hu Jr.", "The Team", "Jörg Müller")}),
    ("arxiv-snapshot", '{"title":"A","authors":"A. Bee","authors_parsed":[[]]}', {"authors": ("A. Bee",), "warnings": {"bad authors_parsed": 1}}),
    ("arxiv-snapshot", '{"title":"A","abstract":"Of $O(n^2)$ and 97.5\\\\% by \\\\textit{us}"}', {"abstract": "Of O(n^2) and 97.5% by us"}),
    ("arxiv-snapshot", '{"title":"Fr\\\\\'echet means","abstract":"x"}', {"title": "Fréchet means"}),
    ("arxiv-snapshot", '{"id":704.0001,"title":"A"}', {"identifiers": (), "warnings": {"bad id": 1}}),
    ("arxiv-snapshot", '{"id":"0704.0006","title":null,"abstract":null}', "neither title nor abstract"),
    ("arxiv-snapshot", '{"id":"0704.0007","title":["A"]}', "title is a list, not a text"),
    ("arxiv-snapshot", '{"title":"A","abstract":7}', "abstract is a number, not a text"),
    ("arxiv-snapshot", '[1, 2]', "a list, not an object"),
    ("arxiv-snapshot", '{"title":"A"', "the file ends within this record"),
    ("arxiv-snapshot", '{"title":"A","journal-ref":"J. Trees\\n 12 (2008)"}', {"venue": "J. Trees 12 (2008)"}),
    ("arxiv-snapshot", '{"title":"A","comments":"12 pages; code at https://github.com/a/b"}', {"code_urls": ("https://github.com/a/b",), "comment": "12 pages; code at https://github.com/a/b"}),
    ("arxiv-snapshot", '{"title":"A","categories":"cs.LG stat.ML"}', {"extra": {"categories": ["cs.LG", "stat.ML"]}}),
    ("arxiv-snapshot", '{"title":"Sur les arbres","abstract":"R\\u00e9sum\\u00e9: nous montrons."}', {"abstract": "Résumé: nous montrons."}),
    ("arxiv-snapshot", '{"title":"A\\u0000B","abstract":"x\\ty"}', {"title": "AB", "abstract": "x y"}),
    ("arxiv-snapshot", '{"title":"A","doi":"no doi yet"}', {"identifiers": ()}),
    ("arxiv-snapshot", '{"title":"A","update_date":NaN}', {"issued": None}),
    ("arxiv-snapshot", '{"id":"9999.99999","title":"A"}', {"identifiers": (), "warnings": {"bad id": 1}}),
    # OpenAlex
    ("openalex", '{"id":"https://openalex.org/W7","title":"A","abstract_inverted_index":null}', {"abstract": "", "id": "openalex:W7"}),
    ("openalex", '{"title":"A","abstract_inverted_index":{"b":[1,3],"a":[0,2]}}', {"abstract": "a b a b"}),
    ("openalex", '{"title":"A","abstract_inverted_index":{"a":[0],"c":[5]}}', {"abstract": "a c"}),
    ("openalex", '{"title":"A","abstract_inverted_index":{"IndexLength":2,"InvertedIndex":{"a":[0],"b":[1]}}}', {"abstract": "a b"}),
    ("openalex", '{"title":"A","abstract_inverted_index":"{\\"a\\":[0]}"}', {"abstract": "a"}),
    ("openalex", '{"title":"A","abstract_inverted_index":{"a":0}}', {"abstract": "", "warnings": {"bad abstract_inverted_index": 1}}),
    ("openalex", '{"title":"A","abstract_inverted_index":{"Abstract":[0],"We":[1],"show.":[2]}}', {"abstract": "We show."}),
    ("openalex", '{"title":"A","abstract_inverted_index":{"Abstract":[0],"Meaning":[1],"Representation":[2]}}', {"abstract": "Abstract Meaning Representation"}),
    ("openalex", '{"title":null,"display_name":"B"}', {"title": "B"}),
    ("openalex", '{"title":"On <i>E. coli</i> &amp; CO<sub>2</sub>"}', {"title": "On E. coli & CO2"}),
    ("openalex", '{"title":"A","doi":"https://doi.org/10.1000/X","ids":{"pmid":"https://pubmed.ncbi.nlm.nih.gov/12","pmcid":"https://www.ncbi.nlm.nih.gov/pmc/articles/34"}}', {"identifiers": ("doi:10.1000/x", "pmcid:PMC34", "pmid:12")}),
    ("openalex", '{"title":"A","locations":[{"landing_page_url":"http://arxiv.org/abs/2301.00001"}]}', {"id": "arxiv:2301.00001"}),
    ("openalex", '{"title":"A","locations":[null,{"landing_page_url":null}],"primary_location":null}', {"identifiers": ()}),
    ("openalex", '{"title":"A","is_retracted":true,"language":"de","type":"article"}', {"extra": {"type": "article", "language": "de", "retracted": True}}),
    ("openalex", '{"title":"A","publication_date":"2020-02-31","publication_year":2020}', {"issued": "2020"}),
    ("openalex", '{"title":"A","authorships":[{"author":{"display_name":null},"raw_author_name":"B, C"},null]}', {"authors": ("B, C",), "warnings": {"bad authorships": 1}}),
    ("openalex", '{"title":"A","primary_location":{"source":{"display_name":"Trees"}}}', {"venue": "Trees"}),
    ("openalex", '{"title":5}', "title is a number"),
    ("openalex", '{"id":"https://openalex.org/W1"}', "neither title nor abstract"),
    # Semantic Scholar
    ("semantic-scholar", '{"paperId":"ab","title":"A","abstract":null,"tldr":{"text":"Short."}}', {"abstract": "", "extra": {"tldr": "Short."}}),
    ("semantic-scholar", '{"corpusid":7,"externalids":{"ArXiv":"2301.00001","DOI":null},"title":"A","year":2023}', {"identifiers": ("arxiv:2301.00001", "s2:7")}),
    ("semantic-scholar", '{"corpusid":7,"openaccessinfo":{"externalids":{"DOI":"10.1/x"}},"abstract":"We."}', {"title": "", "abstract": "We."}),
    ("semantic-scholar", '{"contexts":["x"],"citingPaper":{"paperId":"cd","title":"B"}}', {"title": "B", "id": "s2:cd"}),
    ("semantic-scholar", '{"paperId":"ab","title":"A","externalIds":{"ACL":"2020.acl-main.1","PubMed":"5"}}', {"identifiers": ("acl:2020.acl-main.1", "pmid:5", "s2:ab")}),
    ("semantic-scholar", '{"paperId":"ab","title":"A","publicationDate":null,"year":2021,"journal":{"name":"J"}}', {"issued": "2021", "venue": "J"}),
    ("semantic-scholar", '{"paperId":null,"title":"A"}', {"identifiers": ()}),
    ("semantic-scholar", '{"paperId":"ab","title":null,"abstract":null}', "neither title nor abstract"),
    ("semantic-scholar", '{"paperId":"ab","title":"A","authors":[{"authorId":null,"name":null},{"name":"B"}]}', {"authors": ("B",)}),
    # Hugging Face
    ("hf-api", '{"paper":{"id":"2301.00001","title":"A","summary":"One\\ntwo.","publishedAt":"2023-01-02T00:00:00.000Z"},"publishedAt":"2023-01-05"}', {"abstract": "One two.", "issued": "2023-01-02"}),
    ("hf-api", '{"id":"2301.00001","title":"A","summary":"S","githubRepo":"https://github.com/a/b","projectPage":"https://a.io"}', {"code_urls": ("https://github.com/a/b",), "urls": ("https://a.io",)}),
    ("hf-api", '{"paper":{"id":"x","title":"A","summary":""},"organization":{"fullname":"Lab"},"numComments":3}', {"organisation": "Lab", "comment_count": 3, "identifiers": ()}),
    ("hf-api", '{"paper":{"title":"A","upvotes":-1}}', {"warnings": {"bad upvotes": 1}}),
    ("hf-api", '{"paper":null,"title":"A"}', {"title": "A"}),
    # Crossref
    ("crossref", '{"DOI":"10.1/X","title":["A"],"abstract":"<jats:sec><jats:title>Aim</jats:title><jats:p>To see.</jats:p></jats:sec>"}', {"abstract": "Aim\nTo see."}),
    ("crossref", '{"DOI":"10.1000/x","title":["A &amp;amp; B"],"subtitle":["C"]}', {"title": "A & B: C"}),
    ("crossref", '{"DOI":"10.1000/x","title":[],"issued":{"date-parts":[[null]]}}', "neither title nor abstract"),
    ("crossref", '{"title":["A"],"issued":{"date-parts":[[null]]},"created":{"date-parts":[[2019,2,3]]}}', {"issued": "2019-02-03"}),
    ("crossref", '{"title":"A","issued":{"date-parts":[["2019"]]}}', {"title": "A", "issued": "2019"}),
    ("crossref", '{"title":["A"],"author":[{"name":"The Team"},{"given":"A","family":"B","suffix":"Jr."},{"family":"C"}]}', {"authors": ("The Team", "A B Jr.", "C")}),
    ("crossref", '{"title":["A"],"abstract":"We reach 10<jats:sup>-3</jats:sup> &lt; x"}', {"abstract": "We reach 10^-3 < x"}),
    ("crossref", '{"title":["A"],"abstract":"<jats:title>ABSTRACT</jats:title><jats:p>We.</jats:p>"}', {"abstract": "We."}),
    ("crossref", '{"title":["A"],"abstract":"<jats:inline-formula><jats:alternatives><jats:tex-math>$$x^2$$</jats:tex-math><mml:math><mml:mi>x</mml:mi></mml:math></jats:alternatives></jats:inline-formula> grows"}', {"abstract": "x^2 grows"}),
    ("crossref", '{"title":["A"],"updated-by":[{"type":"retraction"}],"container-title":["J &amp; K"]}', {"extra": {"retracted": True}, "venue": "J & K"}),
    ("crossref", '{"title":{"x":1}}', "title is an object"),
    # DataCite
    ("datacite", '{"attributes":{"titles":[{"title":"A"},{"title":"B","titleType":"Subtitle"}],"descriptions":[{"description":"No.","descriptionType":"Other"}]}}', {"title": "A: B", "abstract": ""}),
    ("datacite", '{"attributes":{"titles":[{"title":"A"}],"descriptions":[{"description":"Nein.","descriptionType":"Abstract","lang":"de"},{"description":"No.","descriptionType":"Abstract","lang":"en"}]}}', {"abstract": "No.", "warnings": {"another abstract": 1}}),
    ("datacite", '{"doi":"10.1000/x","titles":[{"title":"A"}],"creators":[{"name":"The Lab","nameType":"Organizational"},{"name":"Bee, Ann"}],"publisher":{"name":"P"}}', {"authors": ("The Lab", "Ann Bee"), "venue": "P", "id": "doi:10.1000/x"}),
    ("datacite", '{"attributes":{"titles":[{"title":"A"}],"dates":[{"date":"2020","dateType":"Issued"},{"date":"2019-05-06T10:00:00Z","dateType":"Submitted"}]}}', {"issued": "2019-05-06"}),
    ("datacite", '{"attributes":{"titles":"A"}}', "titles is a text"),
    # CSL
    ("csl-json", '{"id":5,"title":"A","issued":{"raw":"2020-05"}}', {"issued": "2020-05"}),
    ("csl-json", '{"title":"A","issued":{"literal":"forthcoming"}}', {"issued": None}),
    ("csl-json", '{"title":"A","issued":{"year":"2020","month":"5"}}', {"issued": "2020-05"}),
    ("csl-json", '{"title":"A","author":[{"family":"Beethoven","given":"Ludwig","dropping-particle":"van"},{"literal":"The Team"}]}', {"authors": ("Ludwig van Beethoven", "The Team")}),
    ("csl-json", '{"title":"A","PMID":"12","PMCID":"PMC34","URL":"https://arxiv.org/abs/2301.00001v3"}', {"identifiers": ("arxiv:2301.00001", "pmcid:PMC34", "pmid:12")}),
    ("csl-json", '{"title":"<span class=\\"nocase\\">BERT</span> for all"}', {"title": "BERT for all"}),
    # Zotero
    ("better-bibtex", '{"itemType":"journalArticle","title":"A","extra":"PMID: 12\\nDOI: 10.1000/x"}', {"identifiers": ("doi:10.1000/x", "pmid:12")}),
    ("better-bibtex", '{"key":"AB","data":{"key":"AB","itemType":"book","title":"A","creators":[{"creatorType":"editor","name":"The Press"}]}}', {"authors": ("The Press",)}),
    ("better-bibtex", '{"itemType":"book","title":"A","tags":[{"tag":"x"},"y"],"date":"May 2020"}', {"extra": {"type": "book", "keywords": ["x", "y"]}, "issued": "2020-05"}),
    # ACL
    ("acl-json", '{"acl_id":"P19-1001","title":"A","author":"Bee, Ann and Dee, Cy","year":2019,"month":"jul"}', {"id": "acl:P19-1001", "authors": ("Ann Bee", "Cy Dee"), "issued": "2019-07"}),
    ("acl-json", '{"acl_id":"x","title_html":"A <span class=\\"acl-fixed-case\\">B</span>","title":"z","year":"2019","month":"July-August"}', {"title": "A B", "issued": "2019-07"}),
    # Atom
    ("arxiv-atom", "<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>incorrect id</summary></entry>", "the server reports an error (incorrect id)"),
    ("arxiv-atom", "<entry><id>http://arxiv.org/abs/math/0309136v1</id><title>A\n  B</title><summary>\n We &lt; $x$\n</summary></entry>", {"id": "arxiv:math/0309136", "title": "A B", "abstract": "We < x"}),
    ("arxiv-atom", "<entry><title>A</title><arxiv:comment>Withdrawn</arxiv:comment><arxiv:doi>10.1000/x</arxiv:doi><arxiv:journal_ref>J</arxiv:journal_ref></entry>", {"extra": {"withdrawn": True}, "id": "doi:10.1000/x", "venue": "J"}),
    ("arxiv-atom", "<entry><title>AT&T &nbsp;and &eacute;</title></entry>", {"title": "AT&T and é"}),
    ("arxiv-atom", "<entry><title/></entry>", "neither title nor abstract"),
    ("arxiv-atom", "<entry><title>A</entry>", "not well-formed XML"),
    # OAI-PMH
    ("oai-pmh", '<OAI-PMH><record><header status="deleted"><identifier>oai:arXiv.org:1</identifier></header></record></OAI-PMH>', "deleted at its source (oai:arXiv.org:1)"),
    ("oai-pmh", "<OAI-PMH><record><header/></record></OAI-PMH>", "no metadata"),
    ("oai-pmh", _oai("<arXiv><id>0801.3931</id><title>A</title><abstract>x</abstract><comments>5 pages</comments><created>2008-01-25</created><updated>2009-01-01</updated></arXiv>"), {"issued": "2008-01-25", "comment": "5 pages"}),
    ("oai-pmh", _oai("<arXiv><title>A</title><authors><author><keyname>The Team</keyname></author></authors><abstract/></arXiv>"), {"authors": ("The Team",)}),
    ("oai-pmh", _oai("<oai_dc:dc><dc:title>A</dc:title><dc:description>One.</dc:description><dc:description>Comment: 3 pages</dc:description><dc:identifier>doi:10.1000/x</dc:identifier></oai_dc:dc>"), {"comment": "3 pages", "id": "doi:10.1000/x"}),
    ("oai-pmh", _oai("<dc><title>A</title><description>One.</description><description>Eins.</description></dc>"), {"abstract": "One.", "warnings": {"another abstract": 1}}),
    # PubMed
    ("pubmed", _pubmed("<ArticleTitle>[On trees].</ArticleTitle><VernacularTitle>Sur les arbres.</VernacularTitle><Language>fre</Language>"), {"title": "On trees", "extra": {"language": "fre"}, "id": "pmid:7"}),
    ("pubmed", _pubmed("<ArticleTitle/><VernacularTitle>Sur les arbres.</VernacularTitle>"), {"title": "Sur les arbres."}),
    ("pubmed", _pubmed("<ArticleTitle>A</ArticleTitle><Abstract><AbstractText Label='AIM'>One.</AbstractText><AbstractText Label='UNLABELLED'>Two.</AbstractText></Abstract>"), {"abstract": "AIM: One.\nTwo."}),
    ("pubmed", _pubmed("<ArticleTitle>A</ArticleTitle>", "<OtherAbstract Language='ger'><AbstractText>Eins.</AbstractText></OtherAbstract>"), {"abstract": "Eins."}),
    ("pubmed", _pubmed("<ArticleTitle>A</ArticleTitle><Journal><JournalIssue><PubDate><MedlineDate>1998 Dec-1999 Jan</MedlineDate></PubDate></JournalIssue></Journal>"), {"issued": "1998-12"}),
    ("pubmed", _pubmed("<ArticleTitle>A</ArticleTitle><Journal><JournalIssue><PubDate><Year>2001</Year><Season>Spring</Season></PubDate></JournalIssue><Title>J</Title></Journal>"), {"issued": "2001", "venue": "J"}),
    ("pubmed", _pubmed("<ArticleTitle>A</ArticleTitle><AuthorList><Author><CollectiveName>The Team</CollectiveName></Author><Author ValidYN='N'><LastName>X</LastName></Author><Author><LastName>B</LastName><Initials>C</Initials></Author></AuthorList>"), {"authors": ("The Team", "C B")}),
    ("pubmed", _pubmed("<ArticleTitle>H<sub>2</sub>O at 10<sup>3</sup> K</ArticleTitle>"), {"title": "H2O at 10^3 K"}),
    ("pubmed", _pubmed("<ArticleTitle>A</ArticleTitle><PublicationTypeList><PublicationType>Retracted Publication</PublicationType></PublicationTypeList>"), {"extra": {"retracted": True}}),
    ("pubmed", "<PubmedArticle><PubmedData/></PubmedArticle>", "neither MedlineCitation nor BookDocument"),
    # JATS
    ("jats", _jats_title("A <xref ref-type='fn'>1</xref><italic>B</italic>"), {"title": "A 1B"}),
    ("jats", _jats("<title-group><article-title>A</article-title><subtitle>B</subtitle></title-group><abstract abstract-type='graphical'><p>G</p></abstract><abstract><sec><title>Aim</title><p>One.</p><p>Two.</p></sec></abstract>"), {"title": "A: B", "abstract": "Aim: One.\nTwo."}),
    ("jats", _jats("<title-group><article-title>A</article-title></title-group><abstract><p>One.</p></abstract><trans-abstract xml:lang='de'><p>Eins.</p></trans-abstract>"), {"abstract": "One.", "warnings": {"another abstract": 1}}),
    ("jats", _jats("<title-group><article-title>A</article-title></title-group><pub-date pub-type='ppub'><year>2020</year></pub-date><pub-date pub-type='epub'><year>2019</year><month>12</month></pub-date>"), {"issued": "2019-12"}),
    ("jats", _jats("<title-group><article-title>A</article-title></title-group><contrib-group><contrib contrib-type='editor'><name><surname>E</surname></name></contrib><contrib contrib-type='author'><collab>The Team</collab></contrib></contrib-group>"), {"authors": ("The Team",)}),
    ("jats", "<article><front><journal-meta/></front></article>", "no article-meta"),
    # MODS
    ("mods", "<mods><titleInfo><nonSort>The</nonSort><title>Trees</title><subTitle>A Study</subTitle></titleInfo></mods>", {"title": "The Trees: A Study"}),
    ("mods", "<mods><titleInfo type='alternative'><title>B</title></titleInfo><titleInfo><title>A</title></titleInfo><name><namePart>The Team</namePart></name><name><namePart>E</namePart><role><roleTerm>editor</roleTerm></role></name></mods>", {"title": "A", "authors": ("The Team",)}),
    ("mods", "<mods><titleInfo><title>A</title></titleInfo><abstract>One.</abstract><abstract>Two.</abstract><relatedItem type='host'><titleInfo><title>P</title></titleInfo><originInfo><dateIssued>2019</dateIssued></originInfo></relatedItem></mods>", {"abstract": "One.", "venue": "P", "issued": "2019", "warnings": {"another abstract": 1}}),
    ("mods", "<mods><titleInfo><title>A</title></titleInfo><location><url>https://aclanthology.org/P19-1001/</url></location></mods>", {"id": "acl:P19-1001"}),
    # Zotero RDF
    ("zotero-rdf", '<rdf:RDF><bib:Article rdf:about="#1"><dc:title>A</dc:title><dcterms:isPartOf rdf:resource="urn:issn:1"/></bib:Article><bib:Journal rdf:about="urn:issn:1"><dc:title>J</dc:title><dc:identifier>DOI 10.1000/x</dc:identifier></bib:Journal></rdf:RDF>', {"venue": "J", "id": "doi:10.1000/x"}),
    ("zotero-rdf", '<rdf:RDF><bib:Book rdf:about="#1"><dc:title>A</dc:title><dc:identifier><dcterms:URI><rdf:value>https://arxiv.org/abs/2301.00001</rdf:value></dcterms:URI></dc:identifier></bib:Book></rdf:RDF>', {"id": "arxiv:2301.00001"}),
    # BibTeX
    ("bibtex", "@article{a, title={A {BERT} Study}, journal={arXiv preprint arXiv:2301.00001}}", {"title": "A BERT Study", "id": "arxiv:2301.00001"}),
    ("bibtex", '@article(a, title="A {"}B{"}", year=2020)', {"title": 'A "B"', "issued": "2020"}),
    ("bibtex", "@string{n = {NIPS}}\n@inproceedings{a, title={A}, booktitle = n # { 2017}, month = dec, year = 2017}", {"venue": "NIPS 2017", "issued": "2017-12"}),
    ("bibtex", "@article{a, title={A}, booktitle = nope}", {"venue": "nope", "warnings": {"unknown @string": 1}}),
    ("bibtex", "@article{a, author={Bee, Ann and {Barnes and Noble} and others}, title={A}}", {"authors": ("Ann Bee", "Barnes and Noble")}),
    ("bibtex", r"@article{a, title={{\"U}ber $\alpha$-trees: 80\% \& more}, doi={https://doi.org/10.1000/X\_1}}", {"title": "Über α-trees: 80% & more"}),
    ("bibtex", "@article{, title={A} year={2020}}", {"title": "A", "issued": "2020"}),
    ("bibtex", "@article{a, title={A}, date={2020-05-06/2020-05-07}}", {"issued": "2020-05-06"}),
    ("bibtex", "@article{a, title={A}, month={10--12}, year={c2020}}", {"issued": "2020-10"}),
    ("bibtex", "@article{a, title={A}, abstract={One\n  line.\n\n  Two.}}", {"abstract": "One line.\nTwo."}),
    ("bibtex", "@article{a, abstract={Sets \\{a, b are open}, title={A}}", {"abstract": "Sets {a, b are open", "title": "A"}),
    ("bibtex", "@article{a, title={A}, eprint={12}, eprinttype={pubmed}}", {"id": "pmid:12"}),
    ("bibtex", "@comment{x}@preamble{y}@misc{a, title={A}, keywords={x; y}}", {"extra": {"type": "misc", "keywords": ["x", "y"]}}),
    ("bibtex", "@article{a}", "neither title nor abstract"),
    ("bibtex", "@article{a, title={A", "the file ends within this entry"),
    # RIS
    ("ris", "TY  - JOUR\nT1  - A\nA1  - Bee, Ann, Jr.\nN2  - One\nY1  - 2020///\nJF  - J\nER  - ", {"title": "A", "authors": ("Ann Bee Jr.",), "abstract": "One", "issued": "2020", "venue": "J"}),
    ("ris", "TY  - JOUR\nTI  - A\nPY  - 2019\nDA  - 2020/05//", {"issued": "2020-05"}),
    ("ris", "TY  - JOUR\nTI  - A\nAB  - One\nAB  - Two\nER  -", {"abstract": "One", "warnings": {"another abstract": 1}}),
    ("ris", "TY  - JOUR\nTI  - A\n  and B\nUR  - https://arxiv.org/abs/2301.00001\nER  - ", {"title": "A and B", "id": "arxiv:2301.00001"}),
    ("ris", "TI  - A\nER  - ", "lines outside of a reference"),
    ("ris", "TY  - JOUR\nER  - ", "neither title nor abstract"),
    # tables
    ("table", "DOI,Title,Abstract Note,Publication Year,Author\n10.1000/x,A,One,2020,\"Bee, Ann; Dee, Cy\"", {"id": "doi:10.1000/x", "abstract": "One", "issued": "2020", "authors": ("Ann Bee", "Cy Dee")}),
    ("table", "Title\tYear\tNote\nA\t2020\t'=1+1", {"extra": {"Note": "=1+1"}}),
    ("table", "Title|Year\nA|soon", {"issued": None, "warnings": {"bad date": 1}}),
    ("table", "Title,Year\nA,2020,extra", "3 cells under a header of 2"),
    ("table", 'Title,Year\n"A\nB",2020', {"title": "A\nB"}),
    ("table", "Title,Authors\nA,\"Ann Bee, Cy Dee\"", {"authors": ("Ann Bee", "Cy Dee")}),
    # notes
    ("markdown", "Title: A\nAuthors: Ann Bee and Cy Dee\nYear: 2020\nAbstract: One\ntwo.", {"title": "A", "authors": ("Ann Bee", "Cy Dee"), "issued": "2020", "abstract": "One two."}),
    ("markdown", "A\n===\n\nDOI: 10.1000/x\n\nAbstract: *One*.", {"title": "A", "id": "doi:10.1000/x", "abstract": "One."}),
    ("markdown", "# A #\n## Abstract\nOne.\n## Notes\nMine.", {"abstract": "One."}),
    # saved pages
    ("saved-page", _TAGS + '<meta name="citation_author" content="Bee, Ann"><meta name="citation_date" content="2023/01/02"><meta name="citation_arxiv_id" content="2301.00001"><blockquote class="abstract mathjax"><span class="descriptor">Abstract:</span> We &amp; you.</blockquote>', {"authors": ("Ann Bee",), "issued": "2023-01-02", "id": "arxiv:2301.00001", "abstract": "We & you."}),
    ("saved-page", "<html><meta name='citation_doi' content='10.1/x'></html>", "no paper is found on this page"),
    ("saved-page", '<li class="arxiv-result"><a href="https://arxiv.org/abs/2301.00001">x</a><p class="title is-5">A</p><p class="authors"><span class="x">Authors:</span><a>B C</a></p><span class="abstract-full has-text">One. <a class="is-size-7">△ Less</a></span><p class="is-size-7"><span class="y">Submitted</span> 2 January, 2023; originally</p></li>', {"title": "A", "authors": ("B C",), "abstract": "One.", "issued": "2023-01-02"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "record", "expected"), CASES, ids=[f"{name}-{i}" for i, (name, _, _) in enumerate(CASES)]
)
def test_a_record_becomes_the_expected_paper(name: str, record: str, expected: dict[str, Any] | str) -> None:
    """Each record gives the paper that its format means, or the flaw that it has."""
    report = ReadReport()
    [found] = FORMATS[name].read(record.split("\n"))
    paper = found if isinstance(found, Flaw) else build_paper(found, file="a", format=name, report=report)
    if isinstance(expected, str):
        assert isinstance(paper, Flaw)
        assert expected in paper.reason
        return
    assert not isinstance(paper, Flaw), paper
    seen = {key: dict(report.warnings) if key == "warnings" else getattr(paper, key) for key in expected}
    assert seen == expected
