"""Given names and the short forms people use for them in the United States."""

from frontdesk.kernel.text import fold

# One line per family of names; a name may stand in several (Alex, Pat).
_FAMILIES = """
abigail abby gail
albert al bert bertie
alexander alex sandy xander alec sasha
alexandra alex sandra lexi sandy sasha
alfred al fred alf
alicia allie lisha
allison allie ally
amanda mandy
andrew andy drew
angela angie
anthony tony antonio
antonio tony toni
arthur art artie
barbara barb babs bobbie
benjamin ben benny benji
bernard bernie
bradley brad
calvin cal
cameron cam
carolyn carol carrie caroline
catherine cathy kate katie kathy katherine kathryn cate kitty
charles charlie chuck chas
charlotte charlie lottie
christina chris tina christine chrissy
christopher chris topher kit
clarence clare
cynthia cindy
daniel dan danny
danielle dani
david dave davey
deborah deb debbie debra
dennis denny
dolores lola
donald don donny
dorothy dot dottie dolly
douglas doug
edith edie
edward ed eddie ted ned
eleanor ellie nora nell
elizabeth liz beth betty lizzie eliza betsy lisa libby
emily em emmy
eugene gene
evelyn evie
florence flo
frances fran frannie
francis frank francisco
francisco paco pancho cisco frank
franklin frank
frederick fred freddy rick
gabriel gabe
gabriela gabby
gerald gerry jerry
gilbert gil
gregory greg
guadalupe lupe
gwendolyn gwen
harold harry hal
helen nell
henry hank harry
isabel izzy bella isabella
jacob jake
jacqueline jackie
james jim jimmy jamie
jane janie
janet jan
jason jay
jeffrey jeff
jennifer jen jenny
jeremy jerry
jessica jess jessie
jesus chuy
joan joanie
john jack johnny jon
jonathan jon johnny
jose pepe joe
joseph joe joey
josephine jo josie
joshua josh
judith judy
julia julie
katherine kate kathy katie kathryn catherine kat
kenneth ken kenny
kimberly kim
lawrence larry
leonard leo len lenny
leslie les
lillian lily
louis lou louie
louise lou
lucille lucy
luis lucho
madeline maddie
manuel manny
margaret maggie meg peggy marge margie greta
maria mary mia
martha marty
martin marty
mary molly polly mae
matthew matt
maximilian max
megan meg
melissa missy lissa
michael mike mickey mick
michelle shelly
mildred millie
mitchell mitch
nancy nan
natalie nat
nathaniel nathan nate nat
nicholas nick nicky
nicole nicki nikki
pamela pam
patricia pat patty trish tricia
patrick pat paddy
peter pete
philip phil
phyllis phyl
priscilla cilla prissy
rachel rae
raymond ray
rebecca becky becca
regina gina
richard rich rick dick ricky
robert bob rob bobby robbie bert
roberto beto
roger rog
ronald ron ronnie
rosa rosie rose
russell russ
samantha sam
samuel sam sammy
sandra sandy
sarah sally sadie
sharon shari
stanley stan
stephanie steph
stephen steve steven
steven steve stephen
stuart stu
susan sue susie suzanne
sylvia syl
teresa terry tess theresa
terence terry terrence
theodore ted theo teddy
theresa terry tess
thomas tom tommy
timothy tim
valerie val
veronica ronnie
victor vic
victoria vicky tori
vincent vince vinny
virginia ginny
walter walt wally
wanda wendy
wayne wade
wilhelmina willa mina
william bill will billy liam
winifred winnie
yolanda yoli
zachary zach zack
"""

_FAMILIES_OF: dict[str, frozenset[int]] = {}
for _number, _line in enumerate(_FAMILIES.split("\n")):
    for _name in _line.split():
        _FAMILIES_OF[_name] = _FAMILIES_OF.get(_name, frozenset()) | {_number}


def same_given_name(one: str, other: str) -> bool:
    """Whether two given names are the same or one may be short for the other."""
    one, other = fold(one), fold(other)
    return one == other or not _FAMILIES_OF.get(one, frozenset()).isdisjoint(
        _FAMILIES_OF.get(other, frozenset())
    )
